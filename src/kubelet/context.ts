// What the parts of one kubelet share: where it runs, what it talks to, and how it waits.
import type { Machine } from '../api/machine';
import type { Pod } from '../api/types';
import type { Client } from '../client/client';
import type { EventType } from '../client/event-recorder';
import type { PodIpam } from '../network/pod-ipam';
import type { ContainerRuntime } from '../runtime/container-runtime';
import type { RandomStream } from '../sim/rng';
import type { Simulation } from '../sim/simulation';
import type { Scope } from '../sim/scope';
import type { PodChanges } from './pod-changes';
import type { PodWorker } from './pod-worker';
import type { Troubles } from './troubles';

/** The machine as the kubelet sees it. */
export interface KubeletMachine {
  /** Also the Node's name and its hostname. */
  readonly name: string;
  readonly address: string;
  /** Quantities, as in Machine.spec.capacity. */
  readonly capacity: { cpu: string; memory: string; ephemeralStorage: string; pods: number };
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Instead of those of its role. */
  readonly taints?: Machine['spec']['taints'];
  readonly system?: Machine['spec']['system'];
  readonly providerID?: string;
  /** --allowed-unsafe-sysctls. */
  readonly allowedSysctls?: readonly string[];
  /** --cloud-provider=external: the cloud completes the Node, and may say its addresses. */
  readonly cloud?: { readonly hasNodeIp?: boolean };
  readonly role: 'control-plane' | 'worker';
  /** The pod range to register the Node with; without one, the controller manager gives it one. */
  readonly podCIDR?: string;
  /** Different after each boot. */
  readonly bootId: string;
  /** Manifests in /etc/kubernetes/manifests. */
  readonly staticPods: readonly StaticPodManifest[];
}

/** A pod as a manifest file holds it. */
export interface StaticPodManifest {
  metadata: Partial<Pod['metadata']> & { name: string };
  spec: Pod['spec'];
}

export interface KubeletContext {
  readonly sim: Simulation;
  readonly scope: Scope;
  readonly client: Client;
  readonly machine: KubeletMachine;
  readonly runtime: ContainerRuntime;
  /** Undefined until the Node has been given its pod range: the network is not ready. */
  readonly ipam: PodIpam | undefined;
  readonly random: RandomStream;
  /** What the extension does for pods that change while they run. */
  readonly changes: PodChanges | undefined;
  /** What was done to the machine; undefined while nothing was. */
  readonly troubles: Troubles | undefined;
  /** Plans a sync of this worker; an earlier one planned already stays. */
  trigger(worker: PodWorker, delayMs: number): void;
  /** Ms until the kubelet next compares its pods with what the runtime runs. */
  relistDelayMs(): number;
  /** Plans a sync for when the kubelet next compares its pods with what the runtime runs. */
  relist(worker: PodWorker): void;
  /** Runs `step` later, with the worker's cause, unless the kubelet has ended by then. */
  later(worker: PodWorker, delayMs: number, step: () => void): void;
  /** Writes an Event about the pod, or about one of its containers. */
  event(
    worker: PodWorker,
    type: EventType,
    reason: string,
    message: string,
    container?: string,
  ): void;
}
