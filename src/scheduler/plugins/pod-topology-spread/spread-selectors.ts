// What a pod belongs to, as one selector: the Services that select it and the controller that made
// it. Pods without spread constraints of their own are spread over nodes and zones by it.
// Where the real one differs: ReplicationControllers and StatefulSets do not count until they exist
// here.
// Upstream: pkg/scheduler/framework/plugins/helper/spread.go.
import { deepEqual } from '../../../api/deep-equal';
import {
  hasLabels,
  selectorFromLabels,
  selectorFromLabelSelector,
  everything,
  type LabelSelector,
} from '../../../api/label-selector';
import { replicaSets, services } from '../../../api/resource-ref';
import type { ReplicaSet, Service } from '../../../api/types';
import type { Component } from '../../../client/component';
import type { Informer } from '../../../client/informer';
import type { PodShape } from '../../pod-shape';
import {
  bothSelectors,
  defaultSpreadConstraints,
  type SpreadConstraint,
} from '../../spread-constraint';

const NAMESPACE_INDEX = 'namespace';
const NO_CONSTRAINTS: readonly SpreadConstraint[] = [];

interface Known {
  version: number;
  constraints: readonly SpreadConstraint[];
}

export class SpreadSelectors {
  private readonly services: Informer<Service>;
  private readonly replicaSets: Informer<ReplicaSet>;
  /** Rises by namespace when a Service or ReplicaSet comes, goes or selects something else. */
  private readonly versions = new Map<string, number>();
  private readonly known = new WeakMap<PodShape, Known>();

  constructor(component: Component) {
    this.services = component.informer(services);
    this.replicaSets = component.informer(replicaSets);
    this.services.addIndex(NAMESPACE_INDEX, ({ metadata }) => [metadata.namespace!]);
    const stopServices = this.services.addHandler(this.handler<Service>());
    const stopReplicaSets = this.replicaSets.addHandler(this.handler<ReplicaSet>());
    component.scope.onStop(stopServices);
    component.scope.onStop(stopReplicaSets);
  }

  /** The system's default constraints for pods of this shape; none when they belong to nothing. */
  constraintsFor(shape: PodShape): readonly SpreadConstraint[] {
    const version = this.versions.get(shape.namespace) ?? 0;
    let known = this.known.get(shape);
    if (known?.version !== version) {
      const selector = this.selectorFor(shape);
      const old = known?.constraints;
      // The same selector keeps its constraints, and with them the counts that hang on them.
      const isSame = old?.[0]?.selector.toString() === selector.toString();
      const constraints = selector.isEmpty ? NO_CONSTRAINTS : defaultSpreadConstraints(selector);
      known = { version, constraints: isSame ? old! : constraints };
      this.known.set(shape, known);
    }
    return known.constraints;
  }

  private selectorFor({ namespace, labels, owner }: PodShape): LabelSelector {
    const wanted: Record<string, string> = {};
    for (const service of this.services.byIndex(NAMESPACE_INDEX, namespace)) {
      const { selector } = service.spec;
      if (!selector || Object.keys(selector).length === 0 || !hasLabels(labels, selector)) continue;
      Object.assign(wanted, selector);
    }
    const byServices = Object.keys(wanted).length > 0 ? selectorFromLabels(wanted) : everything;
    if (owner?.kind !== 'ReplicaSet') return byServices;
    const replicaSet = this.replicaSets.get(namespace + '/' + owner.name);
    if (replicaSet === undefined) return byServices;
    return bothSelectors(byServices, selectorFromLabelSelector(replicaSet.spec.selector));
  }

  private handler<T extends Service | ReplicaSet>(): {
    added(object: T): void;
    updated(object: T, old: T): void;
    deleted(object: T): void;
  } {
    const changed = ({ metadata }: T): void => {
      const namespace = metadata.namespace!;
      this.versions.set(namespace, (this.versions.get(namespace) ?? 0) + 1);
    };
    return {
      added: changed,
      updated: (object, old) => {
        if (!deepEqual(object.spec.selector, old.spec.selector)) changed(object);
      },
      deleted: changed,
    };
  }
}
