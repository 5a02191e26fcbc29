// The latest requests of each component, from the messages on the move that the page is told of.
// What happens while the clock runs ahead is not told, so it is not here.
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { SceneMessage, ScenePlace } from '../../scene/scene';
import { sceneStore } from '../state/scene-store';

export interface LoggedRequest {
  id: number;
  atMs: number;
  verb: string;
  /** 'pods/status web-1'. */
  what: string;
  code: number;
}

const KEPT_MAX = 24;
const NONE: readonly LoggedRequest[] = [];

type Log = ReadonlyMap<ScenePlace, readonly LoggedRequest[]>;

const log = createStore<{ byPlace: Log }>()(() => ({ byPlace: new Map() }));

/** Starts to listen; returns what stops it. */
export function keepRequests(): () => void {
  return sceneStore.subscribe((scene, before) => {
    if (scene.stories.length === 0 && scene.atMs < before.atMs) {
      log.setState({ byPlace: new Map() });
    }
    if (scene.messages !== before.messages) take(scene.messages);
  });
}

/** The latest requests of a place, newest first. */
export function useRequests(place: ScenePlace): readonly LoggedRequest[] {
  return useStore(log, ({ byPlace }) => byPlace.get(place) ?? NONE);
}

function take(messages: readonly SceneMessage[]): void {
  const { byPlace } = log.getState();
  const next = new Map(byPlace);
  for (const message of messages) {
    const { look, from, to } = message;
    if (look === 'answer' || look === 'watch') continue;
    note(next, from, message);
    if (to === 'kube-apiserver') note(next, to, message);
    if (to === 'etcd') note(next, to, message);
  }
  log.setState({ byPlace: next });
}

function note(
  log: Map<ScenePlace, readonly LoggedRequest[]>,
  place: ScenePlace,
  { id, atMs, verb, resource, name, code }: SceneMessage,
): void {
  const request = { id, atMs, verb, what: `${resource} ${name}`.trim(), code };
  log.set(place, [request, ...(log.get(place) ?? NONE)].slice(0, KEPT_MAX));
}
