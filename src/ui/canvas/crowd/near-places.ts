// Which nodes of a large cluster stand as whole tanks. One is made a frame, the nearest to the
// middle first, and none while the picture still grows or shrinks: a tank with its pods is some
// five hundred elements, and until it stands the canvas shows the node. Pure.

/** Tanks that go in one frame; they are out of sight. */
const goneAFrame = 3;

export class NearPlaces {
  private held: readonly number[] = [];

  /** The places of the tanks that stand; the same list while nothing changes. */
  get standing(): readonly number[] {
    return this.held;
  }

  /**
   * One frame's worth of change towards the wanted places, nearest first; false when there was
   * nothing to do.
   */
  step(wanted: readonly number[], isZooming: boolean): boolean {
    const goes = this.held.filter((place) => !wanted.includes(place));
    const comes = isZooming ? undefined : wanted.find((place) => !this.held.includes(place));
    const gone = isZooming && wanted.length > 0 ? [] : goes.slice(0, goneAFrame);
    if (gone.length === 0 && comes === undefined) return false;
    const kept = this.held.filter((place) => !gone.includes(place));
    this.held = comes === undefined ? kept : [...kept, comes];
    return true;
  }

  /** Begins anew, as when the nodes stand elsewhere. */
  clear(): void {
    this.held = [];
  }
}
