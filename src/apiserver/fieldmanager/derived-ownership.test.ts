import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/object';
import { deployments, leases, nodes, pods, type ResourceRef } from '../../api/resource-ref';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { derivedOwnership } from './derived-ownership';
import { toFieldsV1 } from './field-set';

const cluster = createWholeCluster({ seed: 1 });
cluster.boot();

const found = (ref: ResourceRef, namespace: string, prefix: string): KubeObject =>
  cluster.store.list(ref.key, namespace).find(({ metadata }) => metadata.name.startsWith(prefix))!;
const managersOf = (object: KubeObject): string[] =>
  derivedOwnership(object, undefined).map(({ manager, operation, subresource }) =>
    [manager, operation, subresource].filter(Boolean).join(' '),
  );
const pod = (status: object, conditions: object[] = []): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {},
    status: { ...status, conditions },
  }) as unknown as KubeObject;
const object = (kind: string, apiVersion: string, name: string, namespace = ''): KubeObject =>
  ({
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace && { namespace }),
      labels: { a: 'b' },
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
  }) as unknown as KubeObject;

describe('who wrote what nobody outside did', () => {
  it.each<[string, KubeObject, string[]]>([
    [
      'a pod of a ReplicaSet',
      found(pods as never, 'kube-system', 'coredns'),
      ['kube-controller-manager Update', 'kubelet Update status'],
    ],
    [
      'a static pod',
      found(pods as never, 'kube-system', 'etcd'),
      ['kubelet Update', 'kubelet Update status'],
    ],
    [
      'a node',
      found(nodes as never, '', 'm1'),
      [
        'kubelet Update',
        'kubeadm Update',
        'kube-controller-manager Update',
        'kubelet Update status',
      ],
    ],
    [
      'an addon',
      found(deployments as never, 'kube-system', 'coredns'),
      ['kubeadm Update', 'kube-controller-manager Update status'],
    ],
    ['a lease of a node', found(leases as never, 'kube-node-lease', 'm1'), ['kubelet Update']],
    [
      'a lease of a leader',
      found(leases as never, 'kube-system', 'kube-scheduler'),
      ['kube-scheduler Update'],
    ],
    [
      'a namespace of the system',
      object('Namespace', 'v1', 'kube-system'),
      ['kube-apiserver Update'],
    ],
    ['another namespace', object('Namespace', 'v1', 'mine'), ['kubectl-create Update']],
    [
      'the CA',
      object('ConfigMap', 'v1', 'kube-root-ca.crt', 'x'),
      ['kube-controller-manager Update'],
    ],
    ['a Thing', object('Thing', 'x.test/v1', 't', 'x'), []],
  ])('%s', (_name, written, expected) => {
    expect(managersOf(written)).toEqual(expected);
  });

  it.each<[string, KubeObject, string[]]>([
    ['a pod that waits', pod({ phase: 'Pending', qosClass: 'BestEffort' }), []],
    [
      'a pod that no node takes',
      pod({ phase: 'Pending' }, [
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
      ]),
      ['kube-scheduler'],
    ],
    [
      'a pod with gates',
      pod({ phase: 'Pending' }, [
        { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' },
      ]),
      [],
    ],
    ['a pod that is bound', pod({}, [{ type: 'PodScheduled', status: 'True' }]), []],
    [
      'a pod that runs',
      pod({ phase: 'Running', startTime: '2026-01-01T00:00:02Z' }, [
        { type: 'Ready', status: 'True' },
      ]),
      ['kubelet'],
    ],
  ])('the status of %s', (_name, written, expected) => {
    const status = derivedOwnership(written, new Map());
    expect(status.map(({ manager }) => manager)).toEqual(expected);
  });

  it('leaves out what admission and the scheduler put into a pod', () => {
    const [main] = derivedOwnership(found(pods as never, 'kube-system', 'coredns'), undefined);
    const fields = JSON.stringify(toFieldsV1(main.set));
    for (const name of ['f:nodeName', 'f:priority"', 'kube-api-access', 'serviceaccount"']) {
      expect(fields).not.toContain(name);
    }
    expect(fields).toContain('"f:priorityClassName":{}');
  });

  it('tells when a status was written last', () => {
    const running = pod({ phase: 'Running', startTime: '2026-01-01T00:00:02Z' }, [
      { type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:07Z' },
    ]);
    expect(derivedOwnership(running, new Map())[0].time).toBe('2026-01-01T00:00:07Z');
  });

  it('takes nothing that a record says is somebody else’s', () => {
    const running = pod({ phase: 'Running', startTime: '2026-01-01T00:00:02Z' });
    const [kubelet] = derivedOwnership(running, new Map());
    const other = { ...kubelet, manager: 'other' };
    expect(derivedOwnership(running, new Map([['other', other]]))).toEqual([]);
  });
});
