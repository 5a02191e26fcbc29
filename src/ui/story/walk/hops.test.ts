import { describe, expect, it } from 'vitest';
import type { SceneMessage, ScenePod } from '../../../scene/scene';
import { HopFinder, isWorkload } from './hops';
import type { Hop } from './hops';

let lastId = 0;

function message(from: string, resource: string, name: string, more = {}): SceneMessage {
  const base = { look: 'request', to: 'kube-apiserver', verb: 'create', code: 201 };
  const at = { namespace: 'default', atMs: 0, durationMs: 20 };
  return { id: ++lastId, from, resource, name, ...base, ...at, ...more } as SceneMessage;
}

function watch(to: string, resource: string, name: string): SceneMessage {
  return message('kube-apiserver', resource, name, { look: 'watch', to, verb: 'deliver' });
}

function pod(look: ScenePod['look'], more: Partial<ScenePod> = {}): ScenePod {
  const name = 'web-7d9f-mq7lp';
  const place = { key: `default/${name}`, namespace: 'default', name, node: 'n2' };
  return { ...place, look, ...more } as ScenePod;
}

const kinds = (hops: readonly Hop[]) => hops.map(({ kind }) => kind);
const hear = (finder: HopFinder, ...messages: SceneMessage[]) =>
  messages.flatMap((each) => kinds(finder.hear(each)));

function begun(): HopFinder {
  const finder = new HopFinder();
  finder.hear(message('you', 'deployments.apps', 'web'));
  return finder;
}

describe('the hops of a walk', () => {
  it('begin with the first thing that becomes pods', () => {
    const finder = new HopFinder();
    expect(hear(finder, message('you', 'configmaps', 'web-settings'))).toEqual([]);
    expect(finder.hasBegun).toBe(false);
    expect(hear(finder, message('you', 'deployments.apps', 'web'))).toEqual([
      'sent',
      'authn',
      'authz',
      'admission',
      'validation',
      'stored',
    ]);
    expect(isWorkload(message('you', 'jobs.batch', 'once', { verb: 'patch' }))).toBe(true);
    expect(isWorkload(message('you', 'pods', 'web', { verb: 'get' }))).toBe(false);
    expect(isWorkload(message('kube-scheduler', 'pods', 'web'))).toBe(false);
  });

  it.each([
    [401, ['sent', 'refused'], 'authn'],
    [403, ['sent', 'authn', 'refused'], 'authz'],
    [422, ['sent', 'authn', 'authz', 'admission', 'refused'], 'check'],
  ])('end where a request is refused with %i', (code, expected, stage) => {
    const hops = new HopFinder().hear(message('you', 'pods', 'web', { code, look: 'failure' }));
    expect(kinds(hops)).toEqual(expected);
    expect(hops.at(-1)).toMatchObject({ parts: { code }, place: { stage } });
  });

  it('follow one pod, from the Deployment to its node, each hop once', () => {
    const finder = begun();
    expect(
      hear(
        finder,
        watch('kube-controller-manager', 'deployments.apps', 'web'),
        watch('kube-controller-manager', 'deployments.apps', 'web'),
        message('kube-controller-manager', 'replicasets.apps', 'web-7d9f'),
        message('kube-controller-manager', 'pods', 'web-7d9f-mq7lp'),
        message('kube-controller-manager', 'pods', 'web-7d9f-other'),
        watch('kube-scheduler', 'pods', 'web-7d9f-other'),
        watch('kube-scheduler', 'pods', 'web-7d9f-mq7lp'),
        message('kube-scheduler', 'pods/binding', 'web-7d9f-mq7lp'),
        watch('node:n2', 'pods', 'web-7d9f-mq7lp'),
      ),
    ).toEqual([
      'controllerTold',
      'replicaSetMade',
      'podMade',
      'schedulerTold',
      'filtered',
      'scored',
      'bound',
      'kubeletTold',
    ]);
    expect(finder.podKey).toBe('default/web-7d9f-mq7lp');
  });

  it('take what comes of the pod from its picture', () => {
    const finder = begun();
    hear(
      finder,
      message('kube-controller-manager', 'replicasets.apps', 'web-7d9f'),
      message('kube-controller-manager', 'pods', 'web-7d9f-mq7lp'),
    );
    const stuck = pod('pending', { node: '', reason: 'Unschedulable' });
    expect(kinds(finder.see(stuck))).toEqual(['noNode']);
    hear(
      finder,
      message('kube-scheduler', 'pods/binding', 'web-7d9f-mq7lp'),
      watch('node:n2', 'pods', 'web-7d9f-mq7lp'),
    );
    const pull = { startMs: 0, endMs: 9 };
    expect(kinds(finder.see(pod('creating', { pull })))).toEqual(['pulls']);
    expect(finder.served('web', 1, 1)).toEqual([]);
    expect(kinds(finder.see(pod('notReady')))).toEqual(['started', 'probed']);
    expect(kinds(finder.see(pod('running')))).toEqual(['ready']);
    expect(kinds(finder.served('web', 1, 1))).toEqual(['endpoints']);
    expect(kinds(finder.end())).toEqual(['done']);
    expect(finder.see(pod('running', { key: 'default/other' }))).toEqual([]);
  });

  it('say when the image is there already, and when a pod does not come up', () => {
    const finder = new HopFinder();
    finder.hear(message('you', 'pods', 'web-7d9f-mq7lp'));
    expect(kinds(finder.see(pod('running')))).toEqual(['imageThere', 'started', 'ready']);
    const [failed] = finder.see(pod('failed', { reason: 'ErrImagePull' }));
    expect(failed).toMatchObject({ kind: 'failed', parts: { reason: 'ErrImagePull' } });
  });
});
