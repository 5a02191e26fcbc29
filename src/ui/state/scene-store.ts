// The page's copy of the scene: what the engine last said, normalised by key. Invariants: an object
// that a delta does not mention keeps its identity, and so does every collection that it leaves as
// it was; so a component that selects one pod renders again only when that pod changed. Nothing
// here is ever mutated.
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { packPods } from '../../scene/packed-pods';
import type {
  SceneApiLine,
  SceneComponent,
  SceneController,
  SceneDelta,
  SceneGauges,
  SceneMessage,
  SceneNode,
  ScenePod,
  SceneService,
  SceneStory,
} from '../../scene/scene';
import { Crowd, CrowdPods, crowdOf } from './crowd';

/** How many stories wait here for whoever keeps them. */
const storiesMax = 400;

/** An object that the person picked; `namespace` is '' for cluster-scoped objects. */
export interface Selection {
  kind: string;
  namespace: string;
  name: string;
}

export interface SceneData {
  /** False until the first delta came. */
  live: boolean;
  /** Virtual time of the newest delta, ms since the epoch. */
  atMs: number;
  nodes: ReadonlyMap<string, SceneNode>;
  /** By 'namespace/name'. */
  pods: ReadonlyMap<string, ScenePod>;
  services: ReadonlyMap<string, SceneService>;
  components: readonly SceneComponent[];
  controllers: readonly SceneController[];
  gauges: SceneGauges;
  apiLines: readonly SceneApiLine[];
  /** Oldest first, the last few hundred. */
  stories: readonly SceneStory[];
  /** How often all that was told has been told anew, as of another moment. */
  toldAnew: number;
  /** Messages of the newest delta only; a new array a delta that has any. */
  messages: readonly SceneMessage[];
}

export interface SceneState extends SceneData {
  selection: Selection | null;
  applyDelta: (delta: SceneDelta) => void;
  select: (selection: Selection | null) => void;
}

export type SceneStore = StoreApi<SceneState>;

const emptyGauges: SceneGauges = {
  revision: 0,
  objectCount: 0,
  databaseBytes: 0,
  requestsPerSecond: 0,
  watchCount: 0,
  schedulerActive: 0,
  schedulerBackoff: 0,
  schedulerUnschedulable: 0,
};

const emptyScene: SceneData = {
  live: false,
  atMs: 0,
  nodes: new Map(),
  pods: new Map(),
  services: new Map(),
  components: [],
  controllers: [],
  gauges: emptyGauges,
  apiLines: [],
  stories: [],
  toldAnew: 0,
  messages: [],
};

/**
 * A store of its own, for tests and for a second scene on a page. The engine may tell sixty times a
 * second; with `paceMs` deltas that come closer together than that are taken as one, so that the
 * page renders less.
 */
export function createSceneStore({ paceMs = 0 } = {}): SceneStore {
  return createStore<SceneState>()((set, get) => ({
    ...emptyScene,
    selection: null,
    applyDelta: paced(paceMs, get, (scene) => set(scene)),
    select: (selection) => set({ selection }),
  }));
}

/** Takes deltas in at once, and hands the scene on at most every `paceMs`. */
function paced(paceMs: number, get: () => SceneData, set: (scene: SceneData) => void) {
  let pending: SceneData | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hand = () => {
    timer = undefined;
    if (!pending) return;
    const scene = pending;
    pending = null;
    set(scene);
    if (paceMs > 0) timer = setTimeout(hand, paceMs);
  };
  return (delta: SceneDelta) => {
    const next = nextScene(pending ?? get(), delta);
    // Messages are told once each: those of deltas that are taken as one add up.
    if (pending && !delta.reset && delta.messages.length > 0) {
      const told = pending.messages === get().messages;
      if (!told) next.messages = [...pending.messages, ...delta.messages];
    }
    pending = next;
    if (delta.reset) clearTimeout(timer);
    if (delta.reset || timer === undefined) hand();
  };
}

/** How often the page takes the scene in, wall ms. */
const pagePaceMs = 40;

/** The page's scene. */
export const sceneStore: SceneStore = createSceneStore({ paceMs: pagePaceMs });

/**
 * Selects from the page's scene; the component renders again when the selected value's identity
 * changes.
 */
export function useScene<T>(selector: (state: SceneState) => T): T {
  return useStore(sceneStore, selector);
}

/** The scene after a delta; parts that did not change are shared with `scene`. */
export function nextScene(scene: SceneData, delta: SceneDelta): SceneData {
  const base = delta.reset ? emptyScene : scene;
  return {
    live: true,
    atMs: delta.atMs,
    nodes: heard(
      merge(base.nodes, delta.nodes, delta.removedNodes, (node) => node.name),
      delta.heartbeats,
    ),
    pods: mergePods(base.pods, delta),
    services: merge(base.services, delta.services, delta.removedServices, (it) => it.key),
    components: delta.components ?? base.components,
    controllers: delta.controllers
      ? keepSame(base.controllers, delta.controllers)
      : base.controllers,
    gauges: sameFlat(base.gauges, delta.gauges) ? base.gauges : delta.gauges,
    apiLines: delta.apiLines ?? base.apiLines,
    stories:
      delta.stories.length > 0 || delta.toldSoFar
        ? [...(delta.toldSoFar ?? base.stories), ...delta.stories].slice(-storiesMax)
        : base.stories,
    toldAnew: scene.toldAnew + (delta.toldSoFar ? 1 : 0),
    messages: delta.messages.length > 0 ? delta.messages : scene.messages,
  };
}

/** More than this in one delta come from an engine that tells its pods one by one. */
const plainPodsMax = 1500;

/** A crowd is one from the first packed delta on, until the scene begins anew. */
function mergePods(
  held: ReadonlyMap<string, ScenePod>,
  { pods, packedPods, removedPods }: SceneDelta,
): ReadonlyMap<string, ScenePod> {
  const known = crowdOf(held);
  if (!known && !packedPods && pods.length <= plainPodsMax) {
    return merge(held, pods, removedPods, (pod) => pod.key);
  }
  if (known && !packedPods && pods.length === 0 && removedPods.length === 0) return held;
  const crowd = known ?? new Crowd();
  if (!known && held.size > 0) crowd.take(packPods([...held.values()]), []);
  crowd.take(packPods(pods), removedPods);
  if (packedPods) crowd.take(packedPods, []);
  return new CrowdPods(crowd);
}

function heard(
  nodes: ReadonlyMap<string, SceneNode>,
  heartbeats: SceneDelta['heartbeats'],
): ReadonlyMap<string, SceneNode> {
  if (!heartbeats) return nodes;
  const next = new Map(nodes);
  heartbeats.names.forEach((name, index) => {
    const node = nodes.get(name);
    if (node) next.set(name, { ...node, heartbeatMs: heartbeats.atMs[index]! });
  });
  return next;
}

function merge<T extends object>(
  held: ReadonlyMap<string, T>,
  changed: readonly T[],
  removed: readonly string[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, T> {
  const gone = removed.filter((key) => held.has(key));
  if (changed.length === 0 && gone.length === 0) return held;
  const next = new Map(held);
  for (const key of gone) next.delete(key);
  for (const item of changed) next.set(keyOf(item), item);
  return next;
}

/** The new list with each row that says nothing new replaced by the row that was held. */
function keepSame(
  held: readonly SceneController[],
  next: readonly SceneController[],
): readonly SceneController[] {
  const rows = next.map((row, i) => {
    const before = held[i];
    return before && sameFlat(before, row) ? before : row;
  });
  const same = rows.length === held.length && rows.every((row, i) => row === held[i]);
  return same ? held : rows;
}

function sameFlat<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
