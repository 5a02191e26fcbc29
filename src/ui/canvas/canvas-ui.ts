// What the person is doing on the canvas right now: nothing here is cluster state, and nothing
// outlives the page.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SceneStory } from '../../scene/scene';
import type { ActTarget, Field, Offer, Values } from '../acts/act';
import type { DropAct } from '../acts/drop-acts';

export interface Hand {
  /** Name of the node that is picked up. */
  node: string;
  by: 'pointer' | 'keys';
  /** The target it is over. */
  target: DropAct | null;
}

export interface Menu {
  kind: string;
  namespace: string;
  name: string;
  /** Pixels from the canvas's upper left corner. */
  x: number;
  y: number;
}

/** What an act asks before it is done. */
export interface AskedForm {
  offer: Offer;
  target: ActTarget;
  fields: readonly Field[];
  /** Pixels from the canvas's upper left corner. */
  x: number;
  y: number;
  send: (values: Values) => void;
}

export interface CanvasUi {
  /** Detail of pods: own pixels a world pixel (see PlaceOptions). */
  step: number;
  tiles: boolean;
  /** Pixels of the screen a world pixel, for the insides of pods; 0 while they are closed. */
  inside: number;
  /** Key of the pod under the pointer or in focus. */
  hover: string | null;
  /** What of its inside is under the pointer: 'container nginx', 'volume data'. */
  part: string | null;
  hand: Hand | null;
  menu: Menu | null;
  form: AskedForm | null;
  /** The story that is being told. */
  story: SceneStory | null;
  /** Bumped to ask the flow to fit the whole world. */
  fitAsked: number;
  /** Whether it is said what the signs mean. */
  legend: boolean;
  /**
   * The picture grows or shrinks right now: what is drawn may be a little blurred until it rests.
   */
  zooming: boolean;
}

const start: CanvasUi = {
  step: 1,
  tiles: true,
  inside: 0,
  hover: null,
  part: null,
  hand: null,
  menu: null,
  form: null,
  story: null,
  fitAsked: 0,
  legend: false,
  zooming: false,
};

export const canvasUi = createStore<CanvasUi>()(() => start);

/** Selects from what the person is doing. */
export function useCanvasUi<T>(selector: (ui: CanvasUi) => T): T {
  return useStore(canvasUi, selector);
}

/** Detail for a zoom: pods keep a legible size on the screen whatever the zoom. */
export function detailAt(zoom: number): Pick<CanvasUi, 'step' | 'tiles' | 'inside'> {
  const step = detailSteps.find((it) => zoom >= it.from)?.step ?? 0.3;
  return { step, tiles: zoom >= 0.795, inside: insideAt(zoom) };
}

/** The zoom from which pods show their inside. */
export const insideFrom = 1.6;

/** Steps so small that text keeps its size, from the zoom on at which pods open. */
function insideAt(zoom: number): number {
  let step = insideFrom;
  if (zoom < step - 0.005) return 0;
  while (step * 1.12 <= zoom) step *= 1.12;
  return step;
}

/** How long a zoom must last before what costs frames on the way there is changed. */
const restMs = 120;
let resting: ReturnType<typeof setTimeout> | undefined;
let lastZoom = 0;

/**
 * Shows what a zoom allows. The inside of pods opens and closes once the zoom has come to rest;
 * where pods are many all other detail waits for it, too.
 */
export function followDetail(zoom: number, areMany = false): void {
  if (zoom === lastZoom) return;
  lastZoom = zoom;
  const { inside, ...detail } = detailAt(zoom);
  const atRest = areMany ? { ...detail, inside, zooming: false } : { inside, zooming: false };
  const atOnce = areMany ? {} : detail;
  clearTimeout(resting);
  resting = setTimeout(() => show(atRest), restMs);
  show({ ...atOnce, zooming: true });
}

function show(next: Partial<CanvasUi>): void {
  const shown = canvasUi.getState();
  const isOther = Object.entries(next).some(
    ([key, value]) => shown[key as keyof CanvasUi] !== value,
  );
  if (isOther) canvasUi.setState(next);
}

const detailSteps = [
  { from: 2.6, step: 3 },
  { from: 1.8, step: 2 },
  { from: 1.35, step: 1.5 },
  { from: 0.795, step: 1 },
  { from: 0.58, step: 0.7 },
  { from: 0.4, step: 0.5 },
] as const;
