// Pods go where the devices are that their claims ask for: chosen in filter, promised in reserve,
// written into the claims before the binding.
// Invariants: a pod without claims is let through by one look at it; what was promised to a pod is
// taken back when it is not bound.
// Upstream: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go.
import type { IAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/AllocationResult';
import { deviceClasses, resourceClaims, resourceSlices } from '../../../api/extension-refs';
import type { ResourceClaim } from '../../../api/extension-types';
import { matchesNodeSelector } from '../../../api/node-affinity';
import { objectKey, type KubeObject } from '../../../api/object';
import { claimKeysOf, isReservedFor } from '../../../api/resource-claims';
import type { ResourceRef } from '../../../api/resource-ref';
import { ConnectionError, StatusError } from '../../../api/status-error';
import type { Node, NodeSelector, Pod } from '../../../api/types';
import type { ExtraSubject } from '../../cluster-event';
import { SKIP, WAIT, type Handle, type Plugin, type Rejection } from '../../framework';
import { allocationResult } from './allocation-result';
import { bindClaim, unreserve } from './bind-claim';
import {
  BINDING_POLL_MS,
  BINDING_TIMEOUT_MS,
  hasBindingConditions,
  isBindingOverdue,
  isReadyForBinding,
} from './binding-conditions';
import { ClaimLedger } from './claim-ledger';
import { DeviceSearch, type KnownMatches, type SearchParts, type Solution } from './device-search';
import { claimHints, podClaims } from './pod-claims';
import { Pools } from './pools';

const name = 'DynamicResources';
const NOTHING_TO_FREE = 'no new claims to deallocate';

/** What a cycle found out, from preFilter on. */
interface CycleState {
  /** Of the pod. */
  readonly uid: string;
  readonly claims: readonly ResourceClaim[];
  /** Claims that have no devices yet. */
  readonly open: readonly ResourceClaim[];
  readonly matches: KnownMatches;
  /** By node. */
  readonly solutions: Map<string, readonly Solution[]>;
  /** Claims whose devices cannot be used on one of the nodes. */
  readonly unavailable: Set<ResourceClaim>;
}

/** What is kept for a pod from reserve to preBind. */
interface Held {
  readonly claims: readonly ResourceClaim[];
  readonly allocations: ReadonlyMap<ResourceClaim, IAllocationResult>;
}

export function dynamicResources(handle: Handle): Plugin {
  return new DynamicResources(handle);
}

class DynamicResources implements Plugin {
  readonly name = name;
  readonly hints = claimHints((key) => this.parts.ledger.get(key));
  private readonly parts: SearchParts;
  private state: CycleState | undefined;
  private readonly held = new Map<string, Held>();

  constructor(private readonly handle: Handle) {
    const { component } = handle;
    const classes = component.informer(deviceClasses);
    this.parts = {
      ledger: new ClaimLedger(component.informer(resourceClaims)),
      pools: new Pools(component.informer(resourceSlices)),
      classOf: (className) => classes.get(className),
    };
    follow(handle);
    handle.deallocate = (pod) => this.deallocate(pod);
  }

  preEnqueue(pod: Pod): string | undefined {
    if (!pod.spec.resourceClaims?.length) return undefined;
    const claims = this.claimsOf(pod);
    return typeof claims === 'string' ? claims : undefined;
  }

  preFilter({ pod }: { pod: Pod }): typeof SKIP | { rejection: Rejection } | undefined {
    this.state = undefined;
    if (!pod.spec.resourceClaims?.length) return SKIP;
    const claims = this.claimsOf(pod);
    if (typeof claims === 'string') return { rejection: rejected(claims) };
    if (claims.length === 0) return SKIP;
    const open = claims.filter(({ status }) => !status?.allocation);
    for (const claim of open) {
      const problem = this.problemOf(claim);
      if (problem) return { rejection: rejected(problem) };
    }
    const matches: KnownMatches = new Map();
    const { uid } = pod.metadata;
    this.state = { uid, claims, open, matches, solutions: new Map(), unavailable: new Set() };
    return undefined;
  }

  filter(_cycle: unknown, { name: nodeName, node }: { name: string; node: Node | undefined }) {
    const { claims, open, matches, solutions, unavailable } = this.state!;
    const lost = claims.filter((claim) => claim.status?.allocation && !this.isUsable(claim, node!));
    if (open.length > 0) {
      const solved = new DeviceSearch(this.parts, node!, open, matches).solve();
      if (solved === undefined) return CANNOT_ALLOCATE;
      if (typeof solved === 'string') return rejected(solved);
      solutions.set(nodeName, solved);
    }
    for (const claim of lost) unavailable.add(claim);
    return lost.length > 0 ? NOT_AVAILABLE : undefined;
  }

  reserve(pod: Pod, nodeName: string): void {
    if (!this.state || !pod.spec.resourceClaims?.length) return;
    const { claims, solutions } = this.state;
    const { sim } = this.handle.component;
    const newShare = (): string => sim.random('device shares').uuid();
    const allocations = new Map<ResourceClaim, IAllocationResult>();
    for (const solution of solutions.get(nodeName) ?? []) {
      const allocation = allocationResult(solution, newShare);
      allocations.set(solution.claim, allocation);
      this.parts.ledger.promise(solution.claim, allocation);
    }
    this.held.set(pod.metadata.uid, { claims, allocations });
  }

  unreserve(pod: Pod): void {
    if (!pod.spec.resourceClaims?.length) return;
    this.held.delete(pod.metadata.uid);
    for (const key of claimKeysOf(pod)) {
      const claim = this.parts.ledger.get(key);
      if (!claim) continue;
      this.parts.ledger.forgo(claim);
      if (isReservedFor(pod, claim)) unreserve(this.handle.component, pod, claim);
    }
  }

  preBind(pod: Pod, nodeName: string, settled: (problem: string) => void): typeof WAIT | undefined {
    const held = this.held.get(pod.metadata.uid);
    if (!held) return undefined;
    this.held.delete(pod.metadata.uid);
    const { component, recorder } = this.handle;
    const { ledger } = this.parts;
    for (const claim of held.claims) {
      if (isReservedFor(pod, claim)) continue;
      bindClaim(component, ledger, pod, claim, held.allocations.get(claim));
      ledger.forgo(claim);
    }
    const waitFor = held.claims.map(objectKey).filter((key) => {
      const claim = ledger.get(key);
      return claim !== undefined && hasBindingConditions(claim);
    });
    if (waitFor.length === 0) return undefined;
    const message = `waiting for binding conditions for device on node ${nodeName}`;
    recorder.event(pod, 'Normal', 'BindingConditionsPending', 'Scheduling', message);
    this.awaitReady(pod, waitFor, settled);
    return WAIT;
  }

  private claimsOf(pod: Pod): readonly ResourceClaim[] | string {
    return podClaims(pod, (key) => this.parts.ledger.get(key));
  }

  /** Why nothing can be allocated to a claim now; '' when something may. */
  private problemOf(claim: ResourceClaim): string {
    const { ledger, classOf } = this.parts;
    if (ledger.isPending(claim)) {
      return `resource claim ${objectKey(claim)} is in the process of being allocated`;
    }
    for (const { name: request, exactly, firstAvailable } of claim.spec.devices?.requests ?? []) {
      const wanted = exactly
        ? [[request, exactly.deviceClassName]]
        : (firstAvailable ?? []).map((each) => [`${request}/${each.name}`, each.deviceClassName]);
      const missing = wanted.find(([, className]) => !classOf(className));
      if (missing) return `request ${missing[0]}: device class ${missing[1]} does not exist`;
    }
    return '';
  }

  /** Whether what the claim has can be used on the node, and may be waited for. */
  private isUsable(claim: ResourceClaim, node: Node): boolean {
    const { nodeSelector } = claim.status.allocation!;
    if (nodeSelector && !matchesNodeSelector(nodeSelector as NodeSelector, node)) return false;
    if (!hasBindingConditions(claim)) return true;
    const isReady = isReadyForBinding(claim);
    if (typeof isReady === 'string') return false;
    return isReady || !isBindingOverdue(claim, this.handle.component.sim.clock.nowMs);
  }

  /** Gives up a claim's devices which can be used on no node that the pod could have. */
  private deallocate({ metadata }: Pod): string {
    if (this.state?.uid !== metadata.uid) return NOTHING_TO_FREE;
    for (const claim of this.state.unavailable) {
      const users = claim.status.reservedFor ?? [];
      if (users.some(({ uid }) => uid !== metadata.uid)) continue;
      try {
        const { client } = this.handle.component;
        this.parts.ledger.wrote(client.updateStatus(resourceClaims, { ...claim, status: {} }));
        return 'deallocation of ResourceClaim completed';
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
        return error.message;
      }
    }
    return 'still not schedulable';
  }

  private awaitReady(pod: Pod, keys: readonly string[], settled: (problem: string) => void): void {
    const { sim, scope } = this.handle.component;
    const deadlineMs = sim.clock.nowMs + BINDING_TIMEOUT_MS;
    const look = (): void => {
      const states = keys.map((key) => {
        const claim = this.parts.ledger.get(key);
        return claim ? isReadyForBinding(claim) : `could not find ResourceClaim "${key}"`;
      });
      const problem = states.find((state) => typeof state === 'string');
      if (!this.handle.cache.isAssumed(pod.metadata.uid)) settled('');
      else if (problem !== undefined) settled(problem as string);
      else if (!states.includes(false)) settled('');
      else if (sim.clock.nowMs >= deadlineMs) settled('device binding timeout');
      else scope.after(BINDING_POLL_MS, look);
    };
    scope.after(0, look);
  }
}

function rejected(reason: string): Rejection {
  return { plugin: name, reasons: [reason], isResolvable: false };
}

const CANNOT_ALLOCATE = rejected('cannot allocate all claims');
const NOT_AVAILABLE = rejected('resourceclaim not available on the node');

const FOLLOWED: readonly (readonly [ResourceRef<KubeObject>, ExtraSubject])[] = [
  [resourceClaims, 'ResourceClaim'],
  [resourceSlices, 'ResourceSlice'],
  [deviceClasses, 'DeviceClass'],
] as never;

/** Tells the queue of all that may help a pod whose devices were not to be had. */
function follow({ component, move }: Handle): void {
  for (const [ref, subject] of FOLLOWED) {
    component.informer(ref).addHandler({
      added: (object) => move({ kind: `${subject}Add`, new: object }),
      updated: (object, old) => move({ kind: `${subject}Update`, new: object, old }),
    });
  }
}
