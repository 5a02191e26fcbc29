// Tells a page what to draw as its timeline: all of it once, then what is new a few times a second.
import type { HistoryHost } from '../history-room';
import type { PlacedAct } from './branches';
import { Cursor } from '../../cluster/past/cursor';
import { Lanes } from './lanes';
import type { Course } from './past-view';
import type { LaneOwners } from './pod-lanes';

const PERIOD_MS = 200;
/** Of more pods than this the page is told less often: it has much to draw. */
const PODS_MANY = 2_000;
const LARGE_PERIOD_MS = 1_000;
/** Writes that are worked off in one tick, so that a long history does not hold up the clock. */
const WRITES_A_TICK = 4_000;

export class TimelineFeed {
  private lanes: Lanes;
  /** Place of the next write to be told. */
  private next = 0;
  private waitedMs = LARGE_PERIOD_MS;

  constructor(
    private readonly course: Course & { acts: readonly PlacedAct[] },
    /** Those of the picture that the page sees beside it. */
    private readonly colours: LaneOwners,
    private readonly page: Pick<HistoryHost, 'post'>,
    /** Of more pods the page wants no lanes. */
    public podLanesMax = Infinity,
  ) {
    this.lanes = this.begin();
  }

  act({ label, atMs }: PlacedAct): void {
    this.lanes.mark({ kind: 'act', atMs, text: label, about: '' });
  }

  tick(wallStepMs: number): void {
    this.waitedMs += wallStepMs;
    const isLarge = this.lanes.podCount > PODS_MANY;
    if (this.waitedMs < (isLarge ? LARGE_PERIOD_MS : PERIOD_MS)) return;
    const isDone = this.work();
    if (!isDone) return;
    this.waitedMs = 0;
    const delta = this.lanes.take(this.course.recorder.fromMs, this.podLanesMax);
    if (delta) this.page.post({ type: 'timeline', delta });
  }

  /** All that was there when the history begins. */
  private begin(): Lanes {
    const { cluster, recorder, acts } = this.course;
    const cursor = new Cursor(cluster, recorder);
    this.next = recorder.first;
    cursor.moveTo(this.next);
    const lanes = new Lanes(this.colours, cursor, recorder.fromMs);
    for (const { label, atMs } of acts) lanes.mark({ kind: 'act', atMs, text: label, about: '' });
    return lanes;
  }

  /** True when all writes up to now have been worked off. */
  private work(): boolean {
    const { recorder } = this.course;
    // Writes that were let go before they were told: what they led to is where it begins anew.
    if (this.next < recorder.first) this.lanes = this.begin();
    const last = Math.min(recorder.end, this.next + WRITES_A_TICK);
    for (let at = this.next; at < last; at++) {
      const entry = recorder.entry(at);
      this.lanes.write(entry.table.name, entry, recorder.timeOf(at));
    }
    this.next = last;
    return last === recorder.end;
  }
}
