import { describe, expect, it } from 'vitest';
import { deployments, namespaces, replicaSets } from '../../api/resource-ref';
import { deployment, pod } from './manifests';
import { Stage } from './stage';

type Policy = 'Background' | 'Foreground' | 'Orphan';

/** What there is of the Deployment, by kind. */
function left({ cluster }: Stage): Record<string, number> {
  const count = (table: string): number => cluster.store.list(table, 'default').length;
  return {
    deployments: count(deployments.key),
    replicaSets: count(replicaSets.key),
    pods: count('pods'),
  };
}

describe('deletion of a Deployment', () => {
  it.each<[Policy, object, object]>([
    [
      'Background',
      { deployments: 0, replicaSets: 1, pods: 2 },
      { deployments: 0, replicaSets: 0, pods: 0 },
    ],
    [
      'Foreground',
      { deployments: 1, replicaSets: 1, pods: 2 },
      { deployments: 0, replicaSets: 0, pods: 0 },
    ],
    [
      'Orphan',
      { deployments: 1, replicaSets: 1, pods: 2 },
      { deployments: 0, replicaSets: 1, pods: 2 },
    ],
  ])('%s', (propagationPolicy, atOnce, atRest) => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(20);
    const { client } = stage.cluster;
    client.delete(deployments, 'default', 'web', { propagationPolicy });
    expect(left(stage)).toEqual(atOnce);
    stage.run(60);
    expect(left(stage)).toEqual(atRest);
  });

  it('Foreground takes pods first, then the ReplicaSet, then the Deployment', () => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(20);
    const order: string[] = [];
    const { store, client } = stage.cluster;
    for (const table of [deployments.key, replicaSets.key, 'pods']) {
      const event = (type: string): void => void (type === 'DELETED' && order.push(table));
      store.watch(table, {}, store.revision, { event, closed: () => {} });
    }
    client.delete(deployments, 'default', 'web', { propagationPolicy: 'Foreground' });
    stage.run(60);
    expect(order).toEqual(['pods', 'pods', replicaSets.key, deployments.key]);
  });

  it('with Orphan leaves pods that a Deployment of that name takes over', () => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(20);
    const uids = (): string[] => stage.pods().map(({ metadata }) => metadata.uid);
    const before = uids();
    stage.cluster.client.delete(deployments, 'default', 'web', { propagationPolicy: 'Orphan' });
    stage.run(20);
    stage.create(deployment('web', 2));
    stage.run(20);
    expect(uids()).toEqual(before);
  });
});

describe('deletion of a namespace', () => {
  it('takes all that is in it, and is gone when that is', () => {
    const stage = new Stage();
    stage.create({ kind: 'Namespace', metadata: { name: 'shop' } });
    stage.run(5);
    const at = (object: object): object => ({
      ...object,
      metadata: { ...(object as { metadata: object }).metadata, namespace: 'shop' },
    });
    stage.create(at(deployment('web', 2)));
    stage.create(at(pod('lone')));
    stage.run(20);
    const { client, store } = stage.cluster;
    client.delete(namespaces, '', 'shop');
    expect(client.get(namespaces, '', 'shop').status?.phase).toBe('Terminating');
    expect(() => stage.create(at(pod('late')))).toThrow(/because it is being terminated/);
    stage.run(60);
    const tables = store.tableNames().filter((table) => store.list(table, 'shop').length > 0);
    expect(tables).toEqual([]);
    expect(() => client.get(namespaces, '', 'shop')).toThrow('namespaces "shop" not found');
    expect([...stage.cluster.machineRoom.runningPods()]).toHaveLength(4 + 3 + 2);
  });
});
