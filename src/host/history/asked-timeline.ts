// The timeline as a page asks for it: none, one with lanes of pods, or one that counts them where
// they are more than the page has lanes for.
import type { ToHistory } from '../protocol';
import type { PlacedAct } from './branches';
import type { TimelineFeed } from './timeline-feed';

export class AskedTimeline {
  private feed: TimelineFeed | undefined;
  private podLanesMax: number | undefined;

  /** `make` tells the course of now from its beginning. */
  constructor(private readonly make: (podLanesMax: number | undefined) => TimelineFeed) {}

  ask({ on, podLanesMax }: Extract<ToHistory, { type: 'timeline' }>): void {
    this.podLanesMax = podLanesMax;
    if (!on) this.feed = undefined;
    else if (this.feed) this.feed.podLanesMax = podLanesMax ?? Infinity;
    else this.feed = this.make(podLanesMax);
  }

  /** The course is another: what is told begins anew. */
  courseChanged(): void {
    if (this.feed) this.feed = this.make(this.podLanesMax);
  }

  act(act: PlacedAct): void {
    this.feed?.act(act);
  }

  tick(wallStepMs: number): void {
    this.feed?.tick(wallStepMs);
  }
}
