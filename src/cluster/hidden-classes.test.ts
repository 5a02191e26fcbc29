// Objects of one sort must share V8's hidden class: those of a thousand nodes with one each made
// every read of any object of the cluster slow. A spread of an object that is not frozen, frozen
// later on, has one of its own; Object.assign has not.
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { deployments, leases, nodes } from '../api/resource-ref';
import { createWholeCluster } from './whole-cluster';

setFlagsFromString('--allow-natives-syntax');
// Not in the file itself, which every parser but V8 would refuse.
const haveSameClass = runInThisContext('(a, b) => %HaveSameMap(a, b)') as (
  a: object,
  b: object,
) => boolean;

/** Paths at which the two, which have the same fields, have different hidden classes. */
function differences(a: unknown, b: unknown, path = 'object'): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [];
  const own = haveSameClass(a, b) ? [] : [path];
  const inner = Object.keys(a).flatMap((key) =>
    differences(a[key as never], b[key as never], `${path}.${key}`),
  );
  return [...own, ...inner];
}

describe('the hidden classes of stored objects', () => {
  const cluster = createWholeCluster({ seed: 1, preset: 'kubeadm', workers: 40 });
  cluster.boot();
  const spec = { containers: [{ name: 'web', image: 'nginx' }] };
  const labels = { app: 'web' };
  cluster.client.create(deployments, {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 20,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  } as never);
  cluster.clock.runFor(60_000);

  it.each([
    ['nodes', () => cluster.client.list(nodes, '').items],
    ['leases of nodes', () => cluster.client.list(leases, 'kube-node-lease').items],
  ])('are the same for all %s of a sort', (_, list) => {
    const [, ...workers] = list().filter(({ metadata }) => /^n\d|worker/.test(metadata.name));
    expect(workers.length).toBeGreaterThan(30);
    const [first, ...others] = workers.slice(10);
    expect(others.flatMap((other) => differences(first, other))).toEqual([]);
  });

  it('are the same for all versions of a Deployment’s conditions', () => {
    const version = () => cluster.client.get(deployments, 'default', 'web').status.conditions;
    const before = version();
    cluster.client.patch(deployments, 'default', 'web', { spec: { replicas: 30 } });
    cluster.clock.runFor(60_000);
    expect([version() === before, differences(before, version())]).toEqual([false, []]);
  });
});
