// The kubelet's own look at a pod before it runs it: does it fit, and may it be here? The scheduler
// has asked the same, but not for pods that were put here by hand or before the node changed.
// Upstream: pkg/kubelet/lifecycle/predicate.go.
import { matchesRequiredNodeAffinity } from '../api/node-affinity';
import { bytes, milliValue } from '../api/quantity';
import { findUntoleratedTaint } from '../api/tolerations';
import type { Container, Node, Pod } from '../api/types';
import { isStaticPod } from './status-writer';
import { isSidecar } from './pod-phase';
import type { Waiting } from './pod-worker';

const RESOURCES = ['pods', 'cpu', 'memory', 'ephemeral-storage'] as const;
type Amounts = Record<(typeof RESOURCES)[number], number>;

/** Why a pod cannot have what it asks for, and what its Event calls that. */
export interface ResizeRefusal extends Waiting {
  reason: 'Infeasible' | 'Deferred';
  shortage: string;
}

/** Counts what the admitted pods of a node have asked for. */
export class PodAdmission {
  private readonly used = none();
  /** Host ports of admitted pods: '<protocol>/<port>' by the addresses that they are bound to. */
  private readonly ports = new Map<string, string[]>();

  /** Counts the pod in and returns undefined, or says why it cannot run here. */
  admit(pod: Pod, node: Node): Waiting | undefined {
    const amounts = requestsOf(pod);
    const refusal = this.lackOf(amounts, node) ?? misplacement(pod, node) ?? this.portConflict(pod);
    if (refusal) return refusal;
    for (const { key, ip } of hostPortsOf(pod)) {
      const bound = this.ports.get(key);
      if (bound) bound.push(ip);
      else this.ports.set(key, [ip]);
    }
    for (const resource of RESOURCES) this.used[resource] += amounts[resource];
    return undefined;
  }

  /** What an admitted pod had asked for is free again. */
  release(pod: Pod): void {
    this.free(requestsOf(pod));
    for (const { key, ip } of hostPortsOf(pod)) {
      // A static pod that started before its node was known has not been counted.
      const bound = this.ports.get(key);
      const index = bound?.indexOf(ip) ?? -1;
      if (index >= 0) bound!.splice(index, 1);
    }
  }

  private free(amounts: Amounts): void {
    for (const resource of RESOURCES) this.used[resource] -= amounts[resource];
  }

  private portConflict(pod: Pod): Waiting | undefined {
    const isTaken = hostPortsOf(pod).some(({ key, ip }) =>
      this.ports.get(key)?.some((bound) => bound === ip || bound === ANY || ip === ANY),
    );
    if (!isTaken) return undefined;
    return failed('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  }

  /** Counts an admitted pod with its new requests, or says why it has to keep the old ones. */
  resize(from: Pod, to: Pod, node: Node): ResizeRefusal | undefined {
    const amounts = requestsOf(to);
    const allocatable = (node.status.allocatable ?? {}) as Record<string, string>;
    for (const resource of ['memory', 'cpu'] as const) {
      const requested = amounts[resource];
      const capacity = amount(allocatable[resource] ?? '0', resource);
      if (requested <= capacity) continue;
      const lack = `${resource}, requested: ${requested}, capacity: ${capacity}`;
      const message = `Node didn't have enough capacity: ${lack}`;
      return { reason: 'Infeasible', shortage: 'Infeasible', message };
    }
    this.free(requestsOf(from));
    const lack = this.lackOf(amounts, node);
    const counted = lack ? requestsOf(from) : amounts;
    for (const resource of RESOURCES) this.used[resource] += counted[resource];
    return lack && { reason: 'Deferred', shortage: lack.reason, message: lack.message };
  }

  private lackOf(amounts: Amounts, node: Node): Waiting | undefined {
    const allocatable = (node.status.allocatable ?? {}) as Record<string, string>;
    for (const resource of RESOURCES) {
      const requested = amounts[resource];
      if (requested === 0) continue;
      const text = allocatable[resource] ?? '0';
      const capacity = resource === 'cpu' ? milliValue(text) : bytes(text);
      const used = this.used[resource];
      if (used + requested <= capacity) continue;
      return {
        reason: 'OutOf' + resource,
        message:
          `Node didn't have enough resource: ${resource}, requested: ${requested}, ` +
          `used: ${used}, capacity: ${capacity}`,
      };
    }
    return undefined;
  }
}

function misplacement(pod: Pod, node: Node): Waiting | undefined {
  if (!matchesRequiredNodeAffinity(pod.spec, node)) {
    return failed('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  }
  if (isStaticPod(pod)) return undefined;
  const taint = findUntoleratedTaint(node.spec.taints, pod.spec.tolerations, ['NoExecute']);
  if (!taint) return undefined;
  return failed('TaintToleration', 'node(s) had untolerated taint(s)');
}

const ANY = '0.0.0.0';
const NO_PORTS: readonly HostPort[] = Object.freeze([]);

interface HostPort {
  readonly key: string;
  readonly ip: string;
}

function hostPortsOf({ spec }: Pod): readonly HostPort[] {
  let found: HostPort[] | undefined;
  for (const container of spec.containers) found = addHostPorts(container, found);
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) found = addHostPorts(container, found);
  }
  return found ?? NO_PORTS;
}

function addHostPorts({ ports }: Container, found: HostPort[] | undefined): HostPort[] | undefined {
  for (const { hostPort, hostIP, protocol } of ports ?? []) {
    if (!hostPort) continue;
    (found ??= []).push({ key: `${protocol || 'TCP'}/${hostPort}`, ip: hostIP || ANY });
  }
  return found;
}

function failed(predicate: string, why: string): Waiting {
  return { reason: predicate, message: `Predicate ${predicate} failed: ${why}` };
}

function requestsOf({ spec }: Pod): Amounts {
  const sum = none();
  sum.pods = 1;
  for (const container of spec.containers) add(sum, container);
  if (spec.initContainers?.length) addInit(sum, spec.initContainers);
  const own = spec.resources?.requests as Record<string, string> | undefined;
  if (own?.cpu !== undefined) sum.cpu = amount(own.cpu, 'cpu');
  if (own?.memory !== undefined) sum.memory = amount(own.memory, 'memory');
  const overhead = spec.overhead as Record<string, string> | undefined;
  if (overhead) {
    for (const resource of RESOURCES) sum[resource] += amount(overhead[resource], resource);
  }
  return sum;
}

/** Init containers run one at a time, beside the sidecars before them. */
function addInit(sum: Amounts, initContainers: readonly Container[]): void {
  const sidecars = none();
  const peak = none();
  for (const container of initContainers) {
    if (isSidecar(container)) add(sidecars, container);
    const during = { ...sidecars };
    if (!isSidecar(container)) add(during, container);
    for (const resource of RESOURCES) peak[resource] = Math.max(peak[resource], during[resource]);
  }
  for (const resource of RESOURCES) {
    sum[resource] = Math.max(sum[resource] + sidecars[resource], peak[resource]);
  }
}

function none(): Amounts {
  return { pods: 0, cpu: 0, memory: 0, 'ephemeral-storage': 0 };
}

function add(sum: Amounts, { resources }: Container): void {
  const requests = resources?.requests as Record<string, string> | undefined;
  if (!requests) return;
  for (const resource of RESOURCES) sum[resource] += amount(requests[resource], resource);
}

function amount(quantity: string | undefined, resource: string): number {
  if (quantity === undefined) return 0;
  return resource === 'cpu' ? milliValue(quantity) : bytes(quantity);
}
