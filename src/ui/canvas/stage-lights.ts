// Lights the stages of kube-apiserver one after the other for a request that has arrived. One
// request is followed at a time; those that come meanwhile are not, except a refused one, which
// matters more.
import { apiStages, stagePath, type ApiStage, type StagePath } from './api-stages';

export interface LitStages {
  passed: readonly ApiStage[];
  now: ApiStage | null;
  refused: boolean;
}

const stageMs = 70;
const holdMs = 360;
const refusedHoldMs = 1_200;
const dark: LitStages = { passed: [], now: null, refused: false };

type Listener = (lit: LitStages) => void;

const listeners = new Set<Listener>();
let running: StagePath | null = null;
let held: ApiStage | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Listens for changes of the lights; returns how to stop. */
export function watchStages(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps one stage lit, whatever arrives, while a walk explains it; null lets the lights go on. */
export function holdStage(stage: ApiStage | null): void {
  if (stage === held) return;
  held = stage;
  clearTimeout(timer);
  running = null;
  if (stage === null) tell(dark);
  else tell({ passed: apiStages.slice(0, apiStages.indexOf(stage)), now: stage, refused: false });
}

/** A request has reached the server. */
export function requestArrived(verb: string, code: number): void {
  if (listeners.size === 0 || held !== null) return;
  const path = stagePath(verb, code);
  if (running && !(path.refused && !running.refused)) return;
  clearTimeout(timer);
  running = path;
  step(path, 0);
}

function step(path: StagePath, i: number): void {
  const now = path.stages[i];
  if (now === undefined) {
    running = null;
    tell(dark);
    return;
  }
  const last = i === path.stages.length - 1;
  tell({ passed: path.stages.slice(0, i), now, refused: last && path.refused });
  const hold = path.refused ? refusedHoldMs : holdMs;
  timer = setTimeout(() => step(path, i + 1), last ? hold : stageMs);
}

function tell(lit: LitStages): void {
  for (const listener of listeners) listener(lit);
}
