// The record of the story on the page: every sentence since the cluster came, the newest few
// thousand of them, and which file an act applied. The engine tells each story once; what leaves
// the scene's short list stays here.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SceneLink, SceneStory } from '../../scene/scene';
import { engineStore } from '../state/engine-store';
import { historyStore } from '../state/history';
import { sceneStore } from '../state/scene-store';

/** One apply of a file: its objects are one act to the person who pressed the button. */
export interface AppliedRun {
  id: number;
  fileName: string;
}

export interface StoryBook {
  /** Oldest first. */
  stories: readonly SceneStory[];
  /** By the id of the act's story: the file that was applied. */
  runs: ReadonlyMap<number, AppliedRun>;
}

const STORIES_MAX = 3_000;
const empty: StoryBook = { stories: [], runs: new Map() };

export const storyBook = createStore<StoryBook>()(() => empty);

/** Selects from the record of the story. */
export function useStoryBook<T>(selector: (book: StoryBook) => T): T {
  return useStore(storyBook, selector);
}

interface OpenRun extends AppliedRun {
  objects: ReadonlySet<string>;
}

let lastRun = 0;
/** Id of the newest story, as the engine counts them. */
let lastId = 0;
/** How often the scene had been told anew when its stories were taken down last. */
let toldAnew = 0;
/** Runs of which stories may still come, newest last. */
let openRuns: OpenRun[] = [];

export type AppliedObject = Pick<SceneLink, 'kind' | 'name'>;

/** How long after an apply its stories may still be on their way, wall ms. */
const LATE_MS = 1_500;

/**
 * A file is being applied: acts on these objects are its acts, until a while after what is returned
 * has been called.
 */
export function noteApply(fileName: string, objects: readonly AppliedObject[]): () => void {
  const run = { id: ++lastRun, fileName, objects: new Set(objects.map(keyOf)) };
  openRuns = [...openRuns, run];
  return () => {
    setTimeout(() => (openRuns = openRuns.filter((each) => each !== run)), LATE_MS);
  };
}

/** Begins to take down what the scene tells. */
export function keepStoryBook(): () => void {
  const stopScene = sceneStore.subscribe((scene, before) => {
    // A look at the past takes nothing from the record.
    if (scene.stories === before.stories || historyStore.getState().past) return;
    if (scene.toldAnew !== toldAnew) beginAnew(scene.stories);
    toldAnew = scene.toldAnew;
    take(scene.stories);
  });
  const stopEngine = engineStore.subscribe((state, before) => {
    if (state.engine === before.engine || state.engine === null) return;
    lastId = 0;
    storyBook.setState(empty);
  });
  return () => {
    stopScene();
    stopEngine();
  };
}

function take(told: readonly SceneStory[]): void {
  if (told.length === 0) return;
  const fresh = told.filter(({ id }) => id > lastId);
  if (fresh.length === 0) return;
  lastId = told.at(-1)!.id;
  storyBook.setState(({ stories, runs }) => ({
    stories: [...stories, ...fresh].slice(-STORIES_MAX),
    runs: withRuns(runs, fresh),
  }));
}

/** Another branch goes on: of the record only what it has in common with it stays. */
function beginAnew(told: readonly SceneStory[]): void {
  const firstId = told[0]?.id ?? 0;
  lastId = 0;
  storyBook.setState(({ stories }) => {
    const kept = stories.filter(({ id }) => id < firstId);
    lastId = kept.at(-1)?.id ?? 0;
    return { stories: kept };
  });
}

function withRuns(runs: StoryBook['runs'], fresh: readonly SceneStory[]): StoryBook['runs'] {
  const acts = fresh.filter(({ rule }) => rule === 'youCreate' || rule === 'youChange');
  if (acts.length === 0 || openRuns.length === 0) return runs;
  const next = new Map(runs);
  for (const { id, about } of acts) {
    const run = openRuns.findLast(({ objects }) => objects.has(keyOf(about)));
    if (run) next.set(id, { id: run.id, fileName: run.fileName });
  }
  return next;
}

function keyOf({ kind, name }: AppliedObject): string {
  return `${kind}/${name}`;
}
