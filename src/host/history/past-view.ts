// A moment that has been, shown to one page: looked for, gone through event by event, run by. The
// page is told the picture and the clock of that moment, and its requests are answered as of then;
// whether the cluster goes on meanwhile is its host's affair. Invariant: what was looked for last
// counts, and is carried out by the next tick.
import type { Cluster } from '../../cluster/cluster';
import { eventPlace, lastWrite } from '../../cluster/past/event-places';
import type { LiveNotes } from '../../cluster/past/live-notes';
import { PastPicture, type Colours } from '../../cluster/past/past-picture';
import type { Recorder } from '../../cluster/past/recorder';
import type { ClockCommand, History } from '../history-room';
import type { ClockState, FromEngine, PastMoment, ToHistory } from '../protocol';

/** The course of which moments are shown. */
export interface Course {
  readonly cluster: Cluster;
  readonly recorder: Recorder;
  readonly notes: LiveNotes;
}

export interface PastViewHost {
  readonly course: Course;
  /** The owner colours that the page knows. */
  readonly colours: Colours;
  /** Virtual time a wall time, when the past runs by. */
  readonly speed: number;
  post(message: FromEngine): void;
  sendClock(): void;
  /** Ends every watch of the page, which has to read anew. */
  turn(): void;
  /** The page is told the whole present picture anew. */
  showPresent(): void;
  /** The present is left for a moment that has been. */
  leaves(): void;
}

export class PastView {
  private past: PastPicture | undefined;
  /** A look that the next tick carries out; only the last of a drag counts. */
  private wanted: { atMs: number; place?: number } | undefined;
  /** True while the past runs by. */
  private replaying = false;

  constructor(private readonly host: PastViewHost) {}

  /** True while a moment that has been is shown. */
  get isBack(): boolean {
    return this.past !== undefined;
  }

  isToCome(atMs: number): boolean {
    return this.past !== undefined && atMs > this.past.atMs;
  }

  /** The moment that is shown once all that was asked for is done; undefined in the present. */
  settled(): PastPicture | undefined {
    if (this.wanted) this.look();
    return this.past;
  }

  private look(): void {
    const { atMs, place } = this.wanted!;
    this.wanted = undefined;
    const { recorder, cluster, notes } = this.host.course;
    if (atMs >= cluster.clock.nowMs && place === undefined) return this.toPresent();
    const shownMs = Math.min(Math.max(atMs, recorder.fromMs), cluster.clock.nowMs);
    const wantedPlace = place ?? recorder.placeAt(shownMs);
    const isFirst = this.past === undefined;
    if (isFirst) this.host.leaves();
    this.past ??= new PastPicture(cluster, recorder, notes, wantedPlace, this.host.colours);
    const before = isFirst ? -1 : this.past.cursor.at;
    const delta = this.past.look(wantedPlace, shownMs);
    // The clock first: whoever hears of the scene has to know that it is of the past.
    this.host.sendClock();
    this.host.post({ type: 'scene', delta });
    if (this.past.cursor.at !== before) this.host.turn();
  }

  asked(message: Extract<ToHistory, { type: 'look' }>): void {
    if ('by' in message) this.lookBy(message.by);
    else this.lookAt(message.atMs);
  }

  private lookAt(atMs: number): void {
    this.replaying = false;
    this.wanted = { atMs };
  }

  /** To the end of another event, so many on or back. */
  private lookBy(by: number): void {
    const { recorder, cluster } = this.host.course;
    this.replaying = false;
    const from = this.wanted?.place ?? this.past?.cursor.at ?? recorder.end;
    const fromMs = this.wanted?.atMs ?? this.past?.atMs ?? cluster.clock.nowMs;
    const place = eventPlace(recorder, from, by);
    if (place === recorder.end && by > 0) {
      this.wanted = { atMs: Infinity };
    } else {
      const atMs = place > recorder.first ? recorder.timeOf(place - 1) : recorder.fromMs;
      this.wanted = { atMs: by > 0 ? Math.max(atMs, fromMs) : atMs, place };
    }
  }

  /** Takes a clock command while the past is shown: true when it is of the past alone. */
  command(command: ClockCommand): boolean {
    switch (command.command) {
      case 'resume':
        this.replaying = true;
        break;
      case 'pause':
        this.replaying = false;
        break;
      case 'step':
      case 'hop':
        this.lookBy(1);
        break;
      case 'warp':
        this.lookAt(command.toMs);
        break;
      case 'warpTo':
        break;
      case 'speed':
        return false;
    }
    return true;
  }

  /** One turn of the pump. */
  tick(wallStepMs: number): void {
    if (this.past && this.replaying) {
      this.wanted = { atMs: this.past.atMs + wallStepMs * this.host.speed };
    }
    if (this.wanted) this.look();
  }

  toPresent(): void {
    if (!this.past) return;
    this.leave();
    this.host.turn();
    this.host.showPresent();
  }

  /** Forgets the past without a word. */
  leave(): void {
    this.past = undefined;
    this.wanted = undefined;
    this.replaying = false;
  }

  /** What is shown was found by places that hold no more: the next tick finds it anew. */
  findAnew(): void {
    if (!this.past) return;
    this.wanted ??= { atMs: this.past.atMs };
    delete this.wanted.place;
    this.past = undefined;
  }

  clock(state: ClockState): ClockState {
    const { past } = this;
    if (!past) return state;
    const { atMs, cursor } = past;
    const wrote = this.wroteAt(cursor.at);
    const shown = { atMs, revision: cursor.revision, nowMs: state.nowMs, ...(wrote && { wrote }) };
    const { speed } = this.host;
    const actualSpeed = this.replaying ? speed : 0;
    return { ...state, nowMs: atMs, speed, paused: !this.replaying, actualSpeed, past: shown };
  }

  handle(request: Parameters<History['handle']>[0]): ReturnType<History['handle']> {
    return this.past!.handle(request);
  }

  /** The newest write that counts of those that the place shows. */
  private wroteAt(place: number): PastMoment['wrote'] {
    const { recorder } = this.host.course;
    const at = lastWrite(recorder, place);
    if (at === undefined) return undefined;
    const { type, object } = recorder.entry(at);
    return { type, kind: object.kind, name: object.metadata.name };
  }
}
