// What an engine's host and its history know of each other. The history is loaded after the start,
// since nothing of the first picture needs it; the host runs without one, too.
import type { Cluster } from '../cluster/cluster';
import type { Extension } from '../cluster/extension-parts';
import type { SceneDelta } from '../scene/scene';
import type { ClockState, FromEngine, HistoryReport, ToEngine, ToHistory } from './protocol';

/** What a page is told where no history is kept. */
export const NO_HISTORY = {
  kept: false,
  fromMs: 0,
  letGo: 0,
  acts: [],
  undone: [],
  branches: [],
} satisfies HistoryReport;

export type ClockCommand = Extract<ToEngine, { type: 'clock' }>;

/** What the history may do with the host. */
export interface HistoryHost {
  /** The page's cluster. */
  readonly running: Cluster;
  readonly extension: Extension | undefined;
  /** Virtual time a wall time, and whether it goes on at all. */
  readonly speed: number;
  readonly isPaused: boolean;
  post(message: FromEngine): void;
  sendClock(): void;
  /** The page shows and drives this cluster from now on. */
  adopt(cluster: Cluster): void;
  /** The page is told the whole present picture anew. */
  showPresent(): void;
  /** The clock has been moved by hand: it stands there, and the page sees it. */
  stepped(): void;
  /** Runs flat out to that virtual time. */
  warp(toMs: number): void;
  /** Ends every watch of the page, which has to read anew. */
  turn(): void;
  /** Runs `act` once the extension is there, which objects of the past may need. */
  whenWhole(act: () => void): void;
}

/** What the host asks of the history. */
export interface History {
  /** True while a moment that has been is shown: the cluster waits meanwhile. */
  readonly isBack: boolean;
  /** True of moments after the one that is shown. */
  isToCome(atMs: number): boolean;
  /** True when what a warp looks for has come: the host stops there. */
  readonly hasArrived: boolean;
  /** Another cluster has been started. */
  begin(): void;
  receive(message: ToHistory): void;
  /** Takes a clock command when it is the history's: true then. */
  command(command: ClockCommand): boolean;
  /** One turn of the pump, in which the wall clock has gone on by `wallStepMs`. */
  tick(wallStepMs: number): void;
  /** The host's warp has come to its end. */
  warpEnded(): void;
  /** The live picture, as it was sent. */
  note(delta: SceneDelta): void;
  /** What the page is told of the clock. */
  clock(state: ClockState): ClockState;
  /** What the API answered at the moment that is shown. */
  handle: Cluster['handle'];
}
