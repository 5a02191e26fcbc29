// What a pod belongs to, as one selector: the Services that select it and the controller that made
// it. Pods without spread constraints of their own are spread over nodes and zones by it.
// Upstream: pkg/scheduler/framework/plugins/helper/spread.go.
import { deepEqual } from '../../../api/deep-equal';
import {
  hasLabels,
  selectorFromLabels,
  selectorFromLabelSelector,
  everything,
  type LabelSelector,
} from '../../../api/label-selector';
import type { KubeObject } from '../../../api/object';
import { replicaSets, services, type ResourceRef } from '../../../api/resource-ref';
import type { Service } from '../../../api/types';
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

/** Something that selects pods. */
type Selecting = KubeObject & { spec: { selector?: unknown } };

interface Known {
  version: number;
  constraints: readonly SpreadConstraint[];
}

export class SpreadSelectors {
  private readonly services: Informer<Service>;
  /** What owners of a kind select, by the owner's key. */
  private readonly owners = new Map<string, (key: string) => LabelSelector | undefined>();
  /** Rises by namespace when a Service or an owner comes, goes or selects something else. */
  private readonly versions = new Map<string, number>();
  private readonly known = new WeakMap<PodShape, Known>();

  constructor(private readonly component: Component) {
    this.services = component.informer(services);
    this.services.addIndex(NAMESPACE_INDEX, ({ metadata }) => [metadata.namespace!]);
    component.scope.onStop(this.services.addHandler(this.handler<Service>()));
    this.addOwners(replicaSets, ({ spec }) => selectorFromLabelSelector(spec.selector));
  }

  /** Has pods of such owners spread by what those select. */
  addOwners<T extends Selecting>(
    ref: ResourceRef<T>,
    selectorOf: (owner: T) => LabelSelector,
  ): void {
    const informer = this.component.informer(ref);
    this.component.scope.onStop(informer.addHandler(this.handler<T>()));
    this.owners.set(`${ref.apiVersion} ${ref.kind}`, (key) => {
      const owner = informer.get(key);
      return owner && selectorOf(owner);
    });
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
    const selectorOf = owner && this.owners.get(`${owner.apiVersion} ${owner.kind}`);
    const byOwner = selectorOf?.(namespace + '/' + owner!.name);
    return byOwner ? bothSelectors(byServices, byOwner) : byServices;
  }

  private handler<T extends Selecting>(): {
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
