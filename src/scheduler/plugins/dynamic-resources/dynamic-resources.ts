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
import { SKIP, WAIT, type Cycle, type Handle, type Plugin, type Rejection } from '../../framework';
import type { NodeInfo } from '../../node-info';
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
import { ExtendedClaims, type ExtendedClaim } from './extended-claims';
import { ExtendedResources } from './extended-resources';
import { DeviceSearch, type KnownMatches, type SearchParts, type Solution } from './device-search';
import { claimHints, podClaims } from './pod-claims';
import { Pools } from './pools';

const name = 'DynamicResources';
const NONE: readonly string[] = [];
const NOTHING_TO_FREE = 'no new claims to deallocate';

/** What a cycle found out, from preFilter on. */
interface CycleState {
  /** Of the pod. */
  readonly uid: string;
  readonly claims: readonly ResourceClaim[];
  /** Claims that have no devices yet. */
  readonly open: readonly ResourceClaim[];
  readonly matches: KnownMatches;
  /** Extended resources that nodes may lack, since classes of devices stand for them. */
  readonly extended: readonly string[];
  /** What is to be allocated for those that a node lacks, by their names. */
  readonly imagined: Map<string, ExtendedClaim>;
  /** By node. */
  readonly solutions: Map<string, readonly Solution[]>;
  /** Claims whose devices cannot be used on one of the nodes. */
  readonly unavailable: Set<ResourceClaim>;
}

/** What is kept for a pod from reserve to preBind. */
interface Held {
  readonly claims: readonly ResourceClaim[];
  readonly allocations: ReadonlyMap<ResourceClaim, IAllocationResult>;
  /** Still to be made. */
  readonly extended: ExtendedClaim | undefined;
}

export function dynamicResources(handle: Handle): Plugin {
  return new DynamicResources(handle);
}

class DynamicResources implements Plugin {
  readonly name = name;
  readonly hints = claimHints((key) => this.parts.ledger.get(key));
  private readonly parts: SearchParts;
  private readonly resources: ExtendedResources;
  private readonly extendedClaims: ExtendedClaims;
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
    this.resources = new ExtendedResources(classes, () => handle.filter.forgetResults());
    this.extendedClaims = new ExtendedClaims(component);
    follow(handle);
    handle.deallocate = (pod) => this.deallocate(pod);
    handle.isBackedByDevices = (resource) => this.resources.classOf(resource) !== undefined;
  }

  preEnqueue(pod: Pod): string | undefined {
    if (!pod.spec.resourceClaims?.length) return undefined;
    const claims = this.claimsOf(pod);
    return typeof claims === 'string' ? claims : undefined;
  }

  preFilter({ pod, shape }: Cycle): typeof SKIP | { rejection: Rejection } | undefined {
    this.state = undefined;
    const extended = this.resources.among(shape.requests) ?? NONE;
    if (extended === NONE && !pod.spec.resourceClaims?.length) return SKIP;
    const claims = this.claimsOf(pod);
    if (typeof claims === 'string') return { rejection: rejected(claims) };
    if (extended === NONE && claims.length === 0) return SKIP;
    const open = claims.filter(({ status }) => !status?.allocation);
    for (const claim of open) {
      const problem = this.problemOf(claim);
      if (problem) return { rejection: rejected(problem) };
    }
    const matches: KnownMatches = new Map();
    const { uid } = pod.metadata;
    const found = { imagined: new Map(), solutions: new Map(), unavailable: new Set<never>() };
    this.state = { uid, claims, open, matches, extended, ...found };
    if (extended === NONE || !this.extendedClaims.leftBehind(pod)) return undefined;
    return { rejection: LEFT_BEHIND };
  }

  filter({ pod }: Cycle, info: NodeInfo): Rejection | undefined {
    const { claims, matches, solutions, unavailable } = this.state!;
    const { name: nodeName, node } = info;
    const imagined = this.lackOn(pod, info);
    const open = imagined ? [...this.state!.open, imagined.claim] : this.state!.open;
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
    if (this.state?.uid !== pod.metadata.uid) return;
    const { claims, imagined, solutions } = this.state;
    const { sim } = this.handle.component;
    const newShare = (): string => sim.random('device shares').uuid();
    const allocations = new Map<ResourceClaim, IAllocationResult>();
    for (const solution of solutions.get(nodeName) ?? []) {
      const allocation = allocationResult(solution, newShare);
      allocations.set(solution.claim, allocation);
      this.parts.ledger.promise(solution.claim, allocation);
    }
    const extended = [...imagined.values()].find(({ claim }) => allocations.has(claim));
    this.held.set(pod.metadata.uid, { claims, allocations, extended });
  }

  unreserve(pod: Pod): void {
    const { extended } = this.held.get(pod.metadata.uid) ?? {};
    if (extended) this.parts.ledger.forgo(extended.claim);
    this.held.delete(pod.metadata.uid);
    if (this.resources.isAny) this.extendedClaims.remove(pod);
    if (!pod.spec.resourceClaims?.length) return;
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
    const { component, recorder } = this.handle;
    const { ledger } = this.parts;
    const claims = [...held.claims];
    for (const claim of held.claims) {
      if (isReservedFor(pod, claim)) continue;
      bindClaim(component, ledger, pod, claim, held.allocations.get(claim));
      ledger.forgo(claim);
    }
    if (held.extended) claims.push(this.bindExtended(pod, held.extended, held.allocations));
    this.held.delete(pod.metadata.uid);
    const waitFor = claims.map(objectKey).filter((key) => {
      const claim = ledger.get(key);
      return claim !== undefined && hasBindingConditions(claim);
    });
    if (waitFor.length === 0) return undefined;
    const message = `waiting for binding conditions for device on node ${nodeName}`;
    recorder.event(pod, 'Normal', 'BindingConditionsPending', 'Scheduling', message);
    this.awaitReady(pod, waitFor, settled);
    return WAIT;
  }

  /** What is to be allocated on the node for extended resources; undefined when it has them all. */
  private lackOn(pod: Pod, { allocatable }: NodeInfo): ExtendedClaim | undefined {
    const { extended, imagined } = this.state!;
    if (extended === NONE) return undefined;
    const lacking = extended.filter((resource) => allocatable.get(resource) === 0);
    if (lacking.length === 0) return undefined;
    const key = lacking.join();
    let claim = imagined.get(key);
    if (!claim) {
      const classOf = (resource: string): string => this.resources.classOf(resource)!;
      claim = this.extendedClaims.imagine(pod, lacking, classOf);
      imagined.set(key, claim);
    }
    return claim;
  }

  private bindExtended(
    pod: Pod,
    { claim: imagined, mappings }: ExtendedClaim,
    allocations: Held['allocations'],
  ): ResourceClaim {
    const { ledger } = this.parts;
    const claim = this.extendedClaims.create(pod, imagined);
    ledger.forgo(imagined);
    bindClaim(this.handle.component, ledger, pod, claim, allocations.get(imagined));
    this.extendedClaims.tell(pod, claim, mappings);
    return claim;
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
  private deallocate(pod: Pod): string {
    const { metadata } = pod;
    if (this.state?.uid !== metadata.uid) return NOTHING_TO_FREE;
    const removed = this.state.extended === NONE ? '' : this.extendedClaims.remove(pod);
    if (removed) return removed;
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
const LEFT_BEHIND = rejected('cannot schedule extended resource claim');
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
