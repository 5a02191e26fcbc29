// Which pods a Service selects, followed event by event: the pods to look at again are noted for
// each Service, so that a change of one pod costs nothing per other pod.
// Where the real one differs: it lists the selected pods in every reconcile.
import { deepEqual } from '../api/deep-equal';
import { hasLabels } from '../api/label-selector';
import { objectKey } from '../api/object';
import { pods, services } from '../api/resource-ref';
import type { Pod, Service } from '../api/types';
import type { Informer } from '../client/informer';
import type { ControllerContext } from './controller';
import { podCondition } from './pod-status';

interface Selection {
  selector: Readonly<Record<string, string>>;
  /** Keys of pods selected now. */
  pods: Set<string>;
  /** Keys of pods that came, went or changed since the last `takeChanges`. */
  changed: Set<string>;
}

export class ServicePods {
  readonly pods: Informer<Pod>;
  readonly services: Informer<Service>;
  /** By Service key; Services without a selector are absent. */
  private readonly selections = new Map<string, Selection>();

  constructor(private readonly context: ControllerContext) {
    this.services = context.watch(services, {
      added: (service) => this.serviceChanged(service),
      updated: (service) => this.serviceChanged(service),
      deleted: (service) => {
        this.selections.delete(objectKey(service));
        context.enqueue(objectKey(service));
      },
    });
    this.services.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod, undefined),
      updated: (pod, old) => this.podChanged(pod, old),
      deleted: (pod) => this.podChanged(undefined, pod),
    });
    this.pods.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
  }

  /** Keys of the pods that the Service selects. */
  selected(serviceKey: string): ReadonlySet<string> {
    return this.selections.get(serviceKey)?.pods ?? NO_KEYS;
  }

  /** Keys of the pods that have changed since this was last asked. */
  takeChanges(serviceKey: string): ReadonlySet<string> {
    const selection = this.selections.get(serviceKey);
    if (!selection) return NO_KEYS;
    const { changed } = selection;
    selection.changed = new Set();
    return changed;
  }

  private serviceChanged(service: Service): void {
    const key = objectKey(service);
    this.context.enqueue(key);
    const { selector } = service.spec;
    const known = this.selections.get(key);
    if (!selector) {
      this.selections.delete(key);
      return;
    }
    if (known && deepEqual(known.selector, selector)) return;
    const selection: Selection = { selector, pods: new Set(), changed: new Set(known?.pods) };
    for (const pod of this.pods.byIndex('namespace', service.metadata.namespace!)) {
      if (!hasLabels(pod.metadata.labels, selector)) continue;
      selection.pods.add(objectKey(pod));
      selection.changed.add(objectKey(pod));
    }
    this.selections.set(key, selection);
  }

  private podChanged(pod: Pod | undefined, old: Pod | undefined): void {
    const { namespace } = (pod ?? old)!.metadata;
    if (pod && old && !matters(pod, old)) return;
    for (const service of this.services.byIndex('namespace', namespace!)) {
      const key = objectKey(service);
      const selection = this.selections.get(key);
      if (!selection) continue;
      const podKey = objectKey((pod ?? old)!);
      const isSelected = pod !== undefined && hasLabels(pod.metadata.labels, selection.selector);
      const wasSelected = selection.pods.has(podKey);
      if (!isSelected && !wasSelected) continue;
      if (isSelected) selection.pods.add(podKey);
      else selection.pods.delete(podKey);
      selection.changed.add(podKey);
      this.context.enqueue(key);
    }
  }
}

const NO_KEYS: ReadonlySet<string> = new Set<string>();

/** Whether the change can show in any Service's endpoints. */
function matters(pod: Pod, old: Pod): boolean {
  return (
    pod.status.podIP !== old.status.podIP ||
    pod.status.phase !== old.status.phase ||
    pod.spec.nodeName !== old.spec.nodeName ||
    pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp ||
    podCondition(pod, 'Ready')?.status !== podCondition(old, 'Ready')?.status ||
    (pod.metadata.labels !== old.metadata.labels &&
      !deepEqual(pod.metadata.labels, old.metadata.labels))
  );
}
