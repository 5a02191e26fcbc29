import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/object';
import { bandsOf } from './bands';
import { layoutOwnership } from './ownership-layout';
import { relativesOf } from './ownership-store';
import { relationGraph } from './relations';

type Fields = Record<string, unknown>;

function object(kind: string, name: string, rest: Fields = {}, meta: Fields = {}): KubeObject {
  const metadata = { name, namespace: 'default', uid: `${kind}-${name}`, ...meta };
  return { apiVersion: 'v1', kind, metadata, ...rest } as unknown as KubeObject;
}

function ownedBy(kind: string, name: string): Fields {
  const owner = { apiVersion: 'v1', kind, name, uid: `${kind}-${name}`, controller: true };
  return { ownerReferences: [owner] };
}

function pod(name: string, owner: string, spec: Fields = {}): KubeObject {
  return object(
    'Pod',
    name,
    { spec: { containers: [{ name: 'c' }], ...spec }, status: {} },
    { ...ownedBy('ReplicaSet', owner), labels: { app: 'web' }, creationTimestamp: '2026' },
  );
}

function replicaSet(name: string, revision: number, replicas: number): KubeObject {
  return object(
    'ReplicaSet',
    name,
    { spec: { replicas }, status: {} },
    {
      ...ownedBy('Deployment', 'web'),
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    },
  );
}

const mounting = {
  volumes: [{ name: 'v', secret: { secretName: 'tls' } }],
  containers: [{ name: 'c', envFrom: [{ configMapRef: { name: 'settings' } }] }],
};

const rollout: KubeObject[] = [
  object('Deployment', 'web', { spec: { replicas: 2 }, status: {} }),
  replicaSet('web-1', 1, 0),
  replicaSet('web-2', 2, 1),
  replicaSet('web-3', 3, 1),
  pod('web-2-a', 'web-2', mounting),
  pod('web-3-a', 'web-3', mounting),
  object('Service', 'web', { spec: { selector: { app: 'web' } } }),
  object('Ingress', 'shop', {
    spec: {
      rules: [
        {
          http: {
            paths: [
              { backend: { service: { name: 'web' } } },
              { backend: { service: { name: 'lost' } } },
            ],
          },
        },
      ],
    },
  }),
  object('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  }),
  object('ConfigMap', 'settings'),
];

const everything = { namespace: '', text: '' };

describe('relationGraph', () => {
  const graph = relationGraph(rollout);
  const lines = graph.edges.map(({ from, relation, to }) => `${from} ${relation} ${to}`).sort();

  it('knows who owns, selects, routes, scales and uses', () => {
    expect(lines).toEqual([
      'Deployment/default/web owns ReplicaSet/default/web-1',
      'Deployment/default/web owns ReplicaSet/default/web-2',
      'Deployment/default/web owns ReplicaSet/default/web-3',
      'HorizontalPodAutoscaler/default/web scales Deployment/default/web',
      'Ingress/default/shop routes Service/default/lost',
      'Ingress/default/shop routes Service/default/web',
      'Pods/ReplicaSet/default/web-2 mounts ConfigMap/default/settings',
      'Pods/ReplicaSet/default/web-2 mounts Secret/default/tls',
      'Pods/ReplicaSet/default/web-3 mounts ConfigMap/default/settings',
      'Pods/ReplicaSet/default/web-3 mounts Secret/default/tls',
      'ReplicaSet/default/web-2 owns Pods/ReplicaSet/default/web-2',
      'ReplicaSet/default/web-3 owns Pods/ReplicaSet/default/web-3',
      'Service/default/web selects Pods/ReplicaSet/default/web-2',
      'Service/default/web selects Pods/ReplicaSet/default/web-3',
    ]);
  });

  it('keeps a place for what is named and does not exist', () => {
    expect(graph.nodes.get('Secret/default/tls')).toEqual({
      key: 'Secret/default/tls',
      kind: 'Secret',
      namespace: 'default',
      name: 'tls',
    });
    expect(graph.nodes.get('Service/default/lost')?.object).toBeUndefined();
  });

  it('has a Service without a selector select nothing', () => {
    const { edges } = relationGraph([object('Service', 'x', { spec: {} }), pod('a', 'web-2')]);
    expect(edges).toEqual([]);
  });

  it('follows relatives up and down, not sideways', () => {
    expect([...relativesOf(graph, 'ReplicaSet/default/web-3')].sort()).toEqual([
      'ConfigMap/default/settings',
      'Deployment/default/web',
      'HorizontalPodAutoscaler/default/web',
      'Pods/ReplicaSet/default/web-3',
      'ReplicaSet/default/web-3',
      'Secret/default/tls',
    ]);
  });
});

describe('bandsOf', () => {
  const system = object('ConfigMap', 'coredns', {}, { namespace: 'kube-system' });
  const graph = relationGraph([
    ...rollout,
    system,
    object('ConfigMap', 'kube-root-ca.crt'),
    object('ConfigMap', 'alone'),
  ]);
  const names = (filter: Partial<typeof everything>) =>
    bandsOf(graph, { ...everything, ...filter }).map(
      ({ namespace, name }) => `${namespace}/${name}`,
    );

  it('puts what is related together, and leaves the system out', () => {
    expect(names({})).toEqual(['default/alone', 'default/web']);
  });

  it('shows a namespace that is asked for, the system too', () => {
    expect(names({ namespace: 'kube-system' })).toEqual(['kube-system/coredns']);
  });

  it.each([
    ['ingress', ['default/web']],
    ['web-3-A', ['default/web']],
    ['alone', ['default/alone']],
    ['nowhere', []],
  ])('keeps whole bands that hold %s', (text, kept) => {
    expect(names({ text: text.toLowerCase() })).toEqual(kept);
  });
});

describe('layoutOwnership', () => {
  const bands = bandsOf(relationGraph(rollout), everything);
  const none = { folded: new Set<string>(), withOlder: new Set<string>() };
  const boxes = (folds = none) => {
    const { cards, groups } = layoutOwnership(bands, folds);
    return new Map([...cards, ...groups].map((box) => [box.node.key, box]));
  };

  it('stands revisions side by side, the newest first, and their pods beside them', () => {
    const at = boxes();
    const [now, before] = [
      at.get('ReplicaSet/default/web-3')!,
      at.get('ReplicaSet/default/web-2')!,
    ];
    expect(now.x).toBe(before.x);
    expect(now.y).toBeLessThan(before.y);
    expect(at.get('Pods/ReplicaSet/default/web-3')!.y).toBe(now.y);
    expect(at.get('Pods/ReplicaSet/default/web-2')!.y).toBe(before.y);
  });

  it('folds away revisions that have nothing left, and says how many', () => {
    expect(boxes().has('ReplicaSet/default/web-1')).toBe(false);
    expect(boxes().get('ReplicaSet/default/web-3')).toMatchObject({
      older: { count: 1, of: 'Deployment/default/web' },
    });
    const withOlder = new Set(['Deployment/default/web']);
    expect(boxes({ ...none, withOlder }).has('ReplicaSet/default/web-1')).toBe(true);
  });

  it('folds away all that an object owns', () => {
    const folded = new Set(['Deployment/default/web']);
    const keys = [...boxes({ ...none, folded }).keys()];
    expect(keys.filter((key) => /ReplicaSet/.test(key))).toEqual([]);
  });

  it('lays nothing over anything else', () => {
    const all = [...boxes().values()];
    const overlaps = all.flatMap((a, i) =>
      all
        .slice(i + 1)
        .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
        .map((b) => `${a.node.key} ${b.node.key}`),
    );
    expect(overlaps).toEqual([]);
  });

  it('draws every line between what stands there', () => {
    const { edges } = layoutOwnership(bands, none);
    expect(edges.every(({ d }) => !d.includes('NaN'))).toBe(true);
    expect(edges).toHaveLength(13);
  });
});
