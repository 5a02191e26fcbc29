// The counts of the pods that affinity terms speak of, found again by the term.
import { matchesTerm, type AffinityTerm } from '../../affinity-term';
import type { PodCount } from '../../pod-count';
import type { ShapeRegistry } from '../../shape-registry';

export class AffinityCounts {
  private readonly known = new WeakMap<readonly AffinityTerm[] | AffinityTerm, PodCount>();

  constructor(private readonly shapes: ShapeRegistry) {}

  /** Pods that the term speaks of. */
  ofTerm(term: AffinityTerm): PodCount {
    return this.find(term, [term]);
  }

  /** Pods that all the terms speak of. */
  ofAll(terms: readonly AffinityTerm[]): PodCount {
    return this.find(terms, terms);
  }

  private find(
    owner: AffinityTerm | readonly AffinityTerm[],
    terms: readonly AffinityTerm[],
  ): PodCount {
    let count = this.known.get(owner);
    if (count === undefined || !count.isLive) {
      const { namespaceLabels } = this.shapes;
      count = this.shapes.count({
        key: 'affinity ' + terms.map(keyOf).join(' & '),
        skipsTerminating: false,
        readsNamespaces: terms.some((term) => term.namespaceSelector !== undefined),
        matches: (namespace, labels) =>
          terms.every((term) => matchesTerm(term, namespace, labels, namespaceLabels)),
      });
      this.known.set(owner, count);
    }
    return count;
  }
}

function keyOf({ namespaces, namespaceSelector, selector }: AffinityTerm): string {
  const where = namespaces.join() + '/' + (namespaceSelector?.toString() ?? '-');
  return where + '/' + selector.toString() + (selector.matches({}) ? '' : '!');
}
