import { beforeEach, describe, expect, it, test } from 'vitest';
import { namespaces, nodes, pods, priorityClasses, serviceAccounts } from '../../api/resource-ref';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

let client: ControllerCluster['client'];

beforeEach(() => {
  const cluster = startCluster();
  cluster.sim.clock.runFor(2000);
  client = cluster.client;
});

function create(spec: object = {}, metadata: object = {}, namespace = 'default') {
  const containers = [{ name: 'main', image: 'app:1' }];
  const whole = { name: 'web', namespace, ...metadata };
  return client.create(pods, { metadata: whole, spec: { containers, ...spec } } as never);
}

function makeClass(name: string, value: number, extra: object = {}): void {
  client.create(priorityClasses, { metadata: { name }, value, ...extra } as never);
}

describe('NamespaceLifecycle', () => {
  it('lets nothing into a namespace that is not there', () => {
    expect(() => create({}, {}, 'nowhere')).toThrow('namespaces "nowhere" not found');
  });

  it('lets nothing into a namespace that is ending', () => {
    client.create(namespaces, { metadata: { name: 'old', finalizers: ['a.b/c'] }, spec: {} });
    client.delete(namespaces, '', 'old');
    expect(() => create({}, {}, 'old')).toThrow(
      'pods "web" is forbidden: unable to create new content in namespace old because it is being ' +
        'terminated',
    );
  });

  it.each(['default', 'kube-system'])('keeps %s', (name) => {
    expect(() => client.delete(namespaces, '', name)).toThrow(
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    );
  });
});

describe('ServiceAccount', () => {
  it('gives a pod the default account and mounts its token', () => {
    const { spec } = create();
    expect([spec.serviceAccountName, spec.serviceAccount]).toEqual(['default', 'default']);
    const [{ name, projected }] = spec.volumes!;
    expect(name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(projected!.sources!.map((each) => Object.keys(each)[0])).toEqual([
      'serviceAccountToken',
      'configMap',
      'downwardAPI',
    ]);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ]);
  });

  it.each([
    ['the pod', { automountServiceAccountToken: false }, undefined],
    ['the account', {}, false],
  ])('mounts nothing when %s declines', (_who, spec, automountServiceAccountToken) => {
    const metadata = { name: 'shy', namespace: 'default' };
    client.create(serviceAccounts, { metadata, automountServiceAccountToken } as never);
    expect(create({ serviceAccountName: 'shy', ...spec }).spec.volumes).toBeUndefined();
  });

  it('refuses an account that is not there', () => {
    expect(() => create({ serviceAccountName: 'none' })).toThrow(
      'pods "web" is forbidden: error looking up service account default/none: ' +
        'serviceaccount "none" not found',
    );
  });
});

describe('Priority', () => {
  it('is zero without a class', () => {
    expect(create().spec).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
  });

  it('is that of the named class, with its policy', () => {
    makeClass('high', 1000, { preemptionPolicy: 'Never' });
    const { spec } = create({ priorityClassName: 'high' });
    expect(spec).toMatchObject({ priority: 1000, preemptionPolicy: 'Never' });
  });

  it('is that of the default class when none is named', () => {
    makeClass('usual', 7, { globalDefault: true });
    expect(create().spec).toMatchObject({ priorityClassName: 'usual', priority: 7 });
  });

  it.each([
    [{ priorityClassName: 'none' }, 'no PriorityClass with name none was found'],
    [
      { priority: 5 },
      'the integer value of priority (5) must not be provided in pod spec; priority admission ' +
        'controller computed 0 from the given PriorityClass name',
    ],
  ])('refuses %j', (spec, why) => {
    expect(() => create(spec)).toThrow(`pods "web" is forbidden: ${why}`);
  });
});

describe('DefaultTolerationSeconds', () => {
  const added = ['not-ready', 'unreachable'].map((name) => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));

  it.each([
    ['both to none', undefined, added],
    [
      'both after others',
      [{ key: 'a', operator: 'Exists' }],
      [{ key: 'a', operator: 'Exists' }, ...added],
    ],
    ['the missing one', [added[1]], [added[1], added[0]]],
    ['none to one for all', [{ operator: 'Exists' }], [{ operator: 'Exists' }]],
  ])('adds %s', (_what, tolerations, expected) => {
    expect(create({ tolerations }).spec.tolerations).toEqual(expected);
  });
});

test('TaintNodesByCondition: a new node takes no pods until it has been seen ready', () => {
  const node = client.create(nodes, { metadata: { name: 'n1' }, spec: {} });
  expect(node.spec.taints).toEqual([{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
});
