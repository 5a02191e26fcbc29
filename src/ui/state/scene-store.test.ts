import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SceneDelta, SceneNode, ScenePod, SceneStory } from '../../scene/scene';
import { createSceneStore } from './scene-store';

const gauges = {
  revision: 1,
  objectCount: 1,
  databaseBytes: 1,
  requestsPerSecond: 1,
  watchCount: 1,
  schedulerActive: 0,
  schedulerBackoff: 0,
  schedulerUnschedulable: 0,
};

function delta(change: Partial<SceneDelta>): SceneDelta {
  return {
    atMs: 1,
    reset: false,
    nodes: [],
    pods: [],
    services: [],
    removedNodes: [],
    removedPods: [],
    removedServices: [],
    gauges,
    messages: [],
    stories: [],
    ...change,
  };
}

const pod = (name: string, node = 'n1') =>
  ({ key: `default/${name}`, uid: name, namespace: 'default', name, node }) as ScenePod;
const node = (name: string) => ({ name }) as SceneNode;
const story = (id: number) => ({ id, text: '', tone: 'plain', chain: [] }) as unknown as SceneStory;

describe('the scene store', () => {
  test('is not live before the first delta', () => {
    const store = createSceneStore();
    expect(store.getState().live).toBe(false);
    store.getState().applyDelta(delta({}));
    expect(store.getState().live).toBe(true);
  });

  test('keeps the identity of what a delta does not mention', () => {
    const store = createSceneStore();
    store.getState().applyDelta(delta({ pods: [pod('a'), pod('b')], nodes: [node('n1')] }));
    const before = store.getState();
    store.getState().applyDelta(delta({ pods: [pod('b', 'n2')] }));
    const after = store.getState();
    expect(after.pods.get('default/a')).toBe(before.pods.get('default/a'));
    expect(after.pods.get('default/b')?.node).toBe('n2');
    expect(after.nodes).toBe(before.nodes);
    expect(before.pods.get('default/b')?.node).toBe('n1');
  });

  test('shares every collection when a delta changes none of them', () => {
    const store = createSceneStore();
    store.getState().applyDelta(delta({ pods: [pod('a')], controllers: [controller('x', 0)] }));
    const before = store.getState();
    store.getState().applyDelta(delta({ atMs: 2, gauges: { ...gauges }, removedPods: ['gone/b'] }));
    const after = store.getState();
    expect(after.atMs).toBe(2);
    for (const part of ['pods', 'nodes', 'services', 'gauges', 'stories', 'apiLines'] as const) {
      expect(after[part]).toBe(before[part]);
    }
  });

  test('removes by key', () => {
    const store = createSceneStore();
    store.getState().applyDelta(delta({ pods: [pod('a'), pod('b')] }));
    store.getState().applyDelta(delta({ removedPods: ['default/a'] }));
    expect([...store.getState().pods.keys()]).toEqual(['default/b']);
  });

  test('a pod that is removed and made again in one delta is there', () => {
    const store = createSceneStore();
    store.getState().applyDelta(delta({ pods: [pod('a')] }));
    const again = { ...pod('a'), uid: 'second' };
    store.getState().applyDelta(delta({ removedPods: ['default/a'], pods: [again] }));
    expect(store.getState().pods.get('default/a')?.uid).toBe('second');
  });

  test('forgets everything at a reset but not what is selected', () => {
    const store = createSceneStore();
    const selection = { kind: 'Pod', namespace: 'default', name: 'a' };
    store.getState().applyDelta(delta({ pods: [pod('a')], stories: [story(1)] }));
    store.getState().select(selection);
    store.getState().applyDelta(delta({ reset: true, pods: [pod('c')] }));
    expect([...store.getState().pods.keys()]).toEqual(['default/c']);
    expect(store.getState().stories).toEqual([]);
    expect(store.getState().selection).toBe(selection);
  });

  test('keeps the last four hundred stories, oldest first', () => {
    const store = createSceneStore();
    for (let id = 0; id < 420; id++) store.getState().applyDelta(delta({ stories: [story(id)] }));
    const { stories } = store.getState();
    expect([stories.length, stories[0]!.id, stories.at(-1)!.id]).toEqual([400, 20, 419]);
  });

  test('keeps a controller that says nothing new', () => {
    const store = createSceneStore();
    store.getState().applyDelta(delta({ controllers: [controller('a', 0), controller('b', 0)] }));
    const before = store.getState().controllers;
    store.getState().applyDelta(delta({ controllers: [controller('a', 0), controller('b', 3)] }));
    const after = store.getState().controllers;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toEqual({ name: 'b', queue: 3, busy: false });
    store.getState().applyDelta(delta({ controllers: [controller('a', 0), controller('b', 3)] }));
    expect(store.getState().controllers).toBe(after);
  });

  test('tells messages once: a delta without any leaves the last ones', () => {
    const store = createSceneStore();
    const heard = vi.fn();
    store.subscribe((scene, before) => {
      if (scene.messages !== before.messages) heard(scene.messages.length);
    });
    store.getState().applyDelta(delta({ messages: [{ id: 1 }] as SceneDelta['messages'] }));
    store.getState().applyDelta(delta({}));
    expect(heard.mock.calls).toEqual([[1]]);
  });
});

function controller(name: string, queue: number) {
  return { name, queue, busy: false };
}

describe('a paced scene store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const messages = (...ids: number[]) => ids.map((id) => ({ id })) as SceneDelta['messages'];

  test('takes deltas that come close together as one, and loses nothing of them', () => {
    const store = createSceneStore({ paceMs: 40 });
    const seen: number[][] = [];
    let renders = 0;
    store.subscribe((scene, before) => {
      renders++;
      if (scene.messages !== before.messages) seen.push(scene.messages.map(({ id }) => id));
    });
    store.getState().applyDelta(delta({ pods: [pod('a')], messages: messages(1) }));
    store.getState().applyDelta(delta({ pods: [pod('b')], messages: messages(2) }));
    store.getState().applyDelta(delta({ pods: [pod('c')] }));
    store.getState().applyDelta(delta({ removedPods: ['default/a'], messages: messages(3, 4) }));
    expect([...store.getState().pods.keys()]).toEqual(['default/a']);
    vi.advanceTimersByTime(40);
    expect([...store.getState().pods.keys()]).toEqual(['default/b', 'default/c']);
    expect(renders).toBe(2);
    expect(seen).toEqual([[1], [2, 3, 4]]);
  });

  test('is quiet when nothing comes, and prompt when something does again', () => {
    const store = createSceneStore({ paceMs: 40 });
    store.getState().applyDelta(delta({}));
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
    store.getState().applyDelta(delta({ pods: [pod('a')] }));
    expect(store.getState().pods.size).toBe(1);
  });

  test('a reset does not wait', () => {
    const store = createSceneStore({ paceMs: 40 });
    store.getState().applyDelta(delta({ pods: [pod('a')] }));
    store.getState().applyDelta(delta({ pods: [pod('b')] }));
    store.getState().applyDelta(delta({ reset: true, pods: [pod('z')] }));
    expect([...store.getState().pods.keys()]).toEqual(['default/z']);
    vi.advanceTimersByTime(100);
    expect([...store.getState().pods.keys()]).toEqual(['default/z']);
  });
});
