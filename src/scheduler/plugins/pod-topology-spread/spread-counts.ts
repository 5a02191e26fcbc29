// The count of the pods that a spread constraint speaks of, found again by the constraint.
import type { PodCount } from '../../pod-count';
import type { PodShape } from '../../pod-shape';
import type { ShapeRegistry } from '../../shape-registry';
import type { SpreadConstraint } from '../../spread-constraint';

export class SpreadCounts {
  private readonly known = new WeakMap<SpreadConstraint, PodCount>();

  constructor(private readonly shapes: ShapeRegistry) {}

  /** Pods of the shape's namespace that the selector matches, terminating ones left out. */
  of({ namespace }: PodShape, constraint: SpreadConstraint): PodCount {
    let count = this.known.get(constraint);
    if (count === undefined || !count.isLive) {
      const { selector } = constraint;
      count = this.shapes.count({
        key: `spread ${namespace} ${selector.toString()}`,
        skipsTerminating: true,
        readsNamespaces: false,
        matches: (other, labels) => other === namespace && selector.matches(labels),
      });
      this.known.set(constraint, count);
    }
    return count;
  }
}
