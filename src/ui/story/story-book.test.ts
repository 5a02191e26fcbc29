import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SceneDelta, SceneStory } from '../../scene/scene';
import { engineStore } from '../state/engine-store';
import type { Engine } from '../state/engine';
import { sceneStore } from '../state/scene-store';
import { keepStoryBook, noteApply, storyBook } from './story-book';

function story(id: number, rule: SceneStory['rule'], kind: string, name: string): SceneStory {
  const about = { kind, namespace: 'default', name, text: `${kind} ${name}` };
  const parts = { kind, name };
  return { id, atMs: id, rule, parts, tone: 'plain', about, chain: [about], root: id } as never;
}

function tell(stories: SceneStory[], reset = false): void {
  const nothing = { nodes: [], pods: [], services: [], messages: [] };
  const removed = { removedNodes: [], removedPods: [], removedServices: [] };
  const delta = { atMs: 0, reset, gauges: {}, ...nothing, ...removed, stories };
  sceneStore.getState().applyDelta(delta as unknown as SceneDelta);
  vi.advanceTimersByTime(100);
}

const ids = () => storyBook.getState().stories.map(({ id }) => id);

let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  stop = keepStoryBook();
  engineStore.setState({ engine: {} as Engine });
  tell([], true);
});

afterEach(() => {
  engineStore.setState(engineStore.getInitialState(), true);
  stop();
  vi.useRealTimers();
});

describe('the book of the story', () => {
  it('keeps each story once', () => {
    tell([story(1, 'youCreate', 'Deployment', 'web')]);
    tell([story(2, 'podReady', 'Pod', 'web-a'), story(3, 'podReady', 'Pod', 'web-b')]);
    expect(ids()).toEqual([1, 2, 3]);
  });

  it('knows which file an act applied, until the apply is over', () => {
    const done = noteApply('web.yaml', [
      { kind: 'Deployment', name: 'web' },
      { kind: 'Service', name: 'web' },
    ]);
    tell([
      story(1, 'youCreate', 'Deployment', 'web'),
      story(2, 'youCreate', 'Service', 'web'),
      story(3, 'youCreate', 'Service', 'other'),
    ]);
    done();
    vi.advanceTimersByTime(5_000);
    tell([story(4, 'youChange', 'Deployment', 'web')]);
    const { runs } = storyBook.getState();
    expect([...runs].map(([id, { fileName }]) => [id, fileName])).toEqual([
      [1, 'web.yaml'],
      [2, 'web.yaml'],
    ]);
    expect(runs.get(1)!.id).toBe(runs.get(2)!.id);
  });

  it('begins anew with another engine', () => {
    tell([story(7, 'youCreate', 'Deployment', 'web')]);
    engineStore.setState({ engine: null });
    engineStore.setState({ engine: {} as Engine });
    expect(ids()).toEqual([]);
    tell([], true);
    tell([story(1, 'youCreate', 'Deployment', 'web')]);
    expect(ids()).toEqual([1]);
  });
});
