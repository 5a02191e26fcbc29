// Finds devices for all claims of a pod on one node: claim by claim, request by request, device by
// device, going back when there is no way on. The first whole solution is taken.
// Where the real one differs: devices of one request are tried in one order only, since every other
// order of the same devices fares alike; and what takes too many steps, not too many seconds, ends.
// Upstream: k8s.io/dynamic-resource-allocation/structured/internal/incubating.
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import type { IDeviceSelector } from 'kubernetes-models/resource.k8s.io/v1/DeviceSelector';
import { deviceKey } from '../../../api/device-taints';
import type { DeviceClass, ResourceClaim, ResourceSlice } from '../../../api/extension-types';
import { objectKey } from '../../../api/object';
import type { Node } from '../../../api/types';
import { compileSelector, matchesDevice } from '../../../cel/device-selector';
import { PluginError } from '../../framework';
import type { ClaimLedger } from './claim-ledger';
import { ChosenAttributes } from './constraints';
import { consumedCapacity, fitTogether, type Capacities } from './consumed-capacity';
import { alternativesOf, toleratesAll, type Wanted } from './device-request';
import { isDeviceReached, type Pool, type Pools } from './pools';
import { SharedCounters } from './shared-counters';

/** A device of a pool. */
export interface Candidate {
  readonly pool: Pool;
  readonly slice: ResourceSlice;
  readonly device: IDevice;
  readonly key: string;
}

/** A device that a claim is to get. */
export interface Chosen extends Candidate {
  readonly wanted: Wanted;
  /** Of a device that others may share, what this claim takes of it. */
  readonly consumed?: Capacities;
}

/** What a claim gets, and which of its alternatives that was, by request. */
export interface Solution {
  readonly claim: ResourceClaim;
  readonly chosen: readonly Chosen[];
  readonly selected: readonly Wanted[];
}

/** Alternatives of a request, and how many devices each needs. */
interface Plan {
  readonly wanted: Wanted;
  readonly count: number;
  /** All there are, when all are wanted. */
  readonly all: readonly Candidate[] | undefined;
}

/** Too many devices for one claim: what was chosen before does not matter. */
const EXCEEDED = 'exceeded';
type Outcome = boolean | typeof EXCEEDED;

const DEVICES_MAX = 32;
const STEPS_MAX = 50_000;

export const TIMED_OUT = 'timed out trying to allocate devices';
export const INVALID_POOLS = 'invalid resource pools were encountered';

/** What selectors said of devices, which is the same on all nodes: by request, then by device. */
export type KnownMatches = Map<string, Map<string, boolean>>;

export interface SearchParts {
  readonly ledger: ClaimLedger;
  readonly pools: Pools;
  classOf(name: string): DeviceClass | undefined;
}

export class DeviceSearch {
  private readonly pools: readonly Pool[];
  private readonly candidates: Candidate[] = [];
  private readonly plans: (readonly Plan[])[][];
  private readonly constraints: ChosenAttributes[][];
  private readonly chosen: Chosen[][];
  private readonly selected: Wanted[][];
  private readonly allocating = new Map<string, { claim: number; chosen: Chosen }[]>();
  private readonly counters: SharedCounters;
  private steps = 0;

  /** Throws PluginError when a claim or a class is not in order. */
  constructor(
    private readonly parts: SearchParts,
    private readonly node: Node,
    private readonly claims: readonly ResourceClaim[],
    private readonly matches: KnownMatches,
  ) {
    this.pools = parts.pools.of(node);
    for (const pool of this.pools) {
      if (!pool.isIncomplete && !pool.isInvalid) this.candidates.push(...this.devicesOf(pool));
    }
    this.counters = new SharedCounters((key) => parts.ledger.usersOf(key).size > 0);
    this.plans = claims.map((claim, index) => this.planClaim(claim, index));
    this.constraints = claims.map(({ spec }) =>
      (spec.devices?.constraints ?? []).map((constraint) => new ChosenAttributes(constraint)),
    );
    this.chosen = claims.map(() => []);
    this.selected = claims.map(() => []);
  }

  /** What each claim gets; text when that cannot be; undefined when there is no solution. */
  solve(): readonly Solution[] | string | undefined {
    if (this.place(0, 0) === true) {
      return this.claims.map((claim, index) => ({
        claim,
        chosen: this.chosen[index],
        selected: this.selected[index],
      }));
    }
    if (this.steps > STEPS_MAX) return TIMED_OUT;
    return this.pools.some(({ isInvalid }) => isInvalid) ? INVALID_POOLS : undefined;
  }

  private devicesOf(pool: Pool): Candidate[] {
    const { driver, name } = pool;
    return pool.slices.flatMap((slice) =>
      (slice.spec.devices ?? [])
        .filter((device) => isDeviceReached(slice, device, this.node))
        .map((device) => ({ pool, slice, device, key: deviceKey(driver, name, device.name) })),
    );
  }

  private planClaim(claim: ResourceClaim, index: number): (readonly Plan[])[] {
    const classOf = (name: string, request: string): DeviceClass => {
      const found = this.parts.classOf(name);
      if (found) return found;
      const why = `could not retrieve device class ${name}: not found`;
      throw problem(`claim ${objectKey(claim)}, request ${request}: ${why}`);
    };
    const plans = (claim.spec.devices?.requests ?? []).map((request) =>
      alternativesOf(request, classOf).map((wanted) => this.plan(claim, index, wanted)),
    );
    const fewest = plans.reduce(
      (sum, alternatives) => sum + Math.min(...alternatives.map(({ count }) => count)),
      0,
    );
    if (fewest <= DEVICES_MAX) return plans;
    const why = `number of requested devices ${fewest} exceeds the claim limit of ${DEVICES_MAX}`;
    throw problem(`claim ${objectKey(claim)}: ${why}`);
  }

  private plan(claim: ResourceClaim, index: number, wanted: Wanted): Plan {
    const { allocationMode, count = 1 } = wanted.request;
    if (allocationMode !== 'All') return { wanted, count, all: undefined };
    for (const { driver, name, isIncomplete, isInvalid } of this.pools) {
      if (!isIncomplete && !isInvalid) continue;
      const state = isIncomplete ? 'being updated' : 'invalid';
      const subject = `claim ${objectKey(claim)}, request ${shortName(wanted)}`;
      const why = `asks for all devices, but resource pool ${driver}/${name} is currently ${state}`;
      throw problem(`${subject}: ${why}`);
    }
    const all = this.candidates.filter((candidate) => this.isMeant(index, wanted, candidate));
    return { wanted, count: all.length, all };
  }

  /** From this request of this claim on. */
  private place(claim: number, request: number): Outcome {
    if (claim === this.claims.length) return true;
    if (request === this.plans[claim].length) {
      const outcome = this.place(claim + 1, 0);
      return outcome === EXCEEDED ? false : outcome;
    }
    const alternatives = this.plans[claim][request];
    let isExceeded = true;
    for (const plan of alternatives) {
      const outcome = this.fill(claim, request, plan, 0, 0);
      if (outcome === true) this.selected[claim][request] = plan.wanted;
      if (outcome === true || this.steps > STEPS_MAX) return outcome;
      if (outcome !== EXCEEDED) isExceeded = false;
    }
    return isExceeded ? EXCEEDED : false;
  }

  /** From this device of the request on; candidates before `first` need not be looked at. */
  private fill(claim: number, request: number, plan: Plan, index: number, first: number): Outcome {
    if (++this.steps > STEPS_MAX) return false;
    const { wanted, count, all } = plan;
    if (all?.length === 0) return false;
    if (index === count) return this.place(claim, request + 1);
    if (this.chosen[claim].length + count - index > DEVICES_MAX) return EXCEEDED;
    if (all) {
      if (!this.take(claim, wanted, all[index], true)) return false;
      const outcome = this.fill(claim, request, plan, index + 1, 0);
      if (outcome !== true) this.giveBack(claim);
      return outcome;
    }
    for (let at = first; at < this.candidates.length; at++) {
      const candidate = this.candidates[at];
      if (this.isTaken(claim, wanted, candidate)) continue;
      if (!this.isMeant(claim, wanted, candidate)) continue;
      if (!this.take(claim, wanted, candidate, false)) continue;
      const outcome = this.fill(claim, request, plan, index + 1, at);
      if (outcome === true) return true;
      this.giveBack(claim);
      if (outcome === EXCEEDED || this.steps > STEPS_MAX) return outcome;
    }
    return false;
  }

  /** By somebody else; with admin access only this claim itself matters. */
  private isTaken(claim: number, { request }: Wanted, { device, key }: Candidate): boolean {
    const allocating = this.allocating.get(key) ?? [];
    if (request.adminAccess) return allocating.some((each) => each.claim === claim);
    if (device.allowMultipleAllocations) return false;
    return allocating.length > 0 || this.parts.ledger.usersOf(key).size > 0;
  }

  /** Whether the selectors of the class and of the request choose the device. */
  private isMeant(claim: number, wanted: Wanted, candidate: Candidate): boolean {
    const id = `${this.claims[claim].metadata.uid}/${wanted.name}`;
    let known = this.matches.get(id);
    if (!known) this.matches.set(id, (known = new Map()));
    let isMeant = known.get(candidate.key);
    if (isMeant === undefined) {
      const { deviceClass, request } = wanted;
      const ofClass = `class ${deviceClass.metadata.name}`;
      const ofClaim = `claim ${objectKey(this.claims[claim])}`;
      isMeant =
        choose(deviceClass.spec.selectors, candidate, ofClass) &&
        choose(request.selectors, candidate, ofClaim);
      known.set(candidate.key, isMeant);
    }
    return isMeant;
  }

  /** `must` when there is no solution without the device. */
  private take(claim: number, wanted: Wanted, candidate: Candidate, must: boolean): boolean {
    const { pool, device, key } = candidate;
    if (this.isTaken(claim, wanted, candidate)) return false;
    if (!toleratesAll(wanted.request, device.taints)) return false;
    const shared = device.allowMultipleAllocations && !wanted.request.adminAccess;
    const consumed = shared ? this.share(wanted, candidate) : undefined;
    if (shared && !consumed) return false;
    if (!this.counters.take(pool, device)) return false;
    const constraints = this.constraints[claim];
    const failed = constraints.findIndex((each) => !each.add(wanted, pool.driver, device));
    if (failed >= 0) {
      for (const constraint of constraints.slice(0, failed)) constraint.remove(wanted);
      this.counters.giveBack(pool, device);
      if (!must) return false;
      const subject = `claim ${objectKey(this.claims[claim])}, request ${shortName(wanted)}`;
      const why = 'because a claim constraint would not be satisfied';
      throw problem(`${subject}: cannot add device ${key} ${why}`);
    }
    const chosen: Chosen = { ...candidate, wanted, ...(consumed && { consumed }) };
    this.chosen[claim].push(chosen);
    const allocating = this.allocating.get(key);
    if (allocating) allocating.push({ claim, chosen });
    else this.allocating.set(key, [{ claim, chosen }]);
    return true;
  }

  /**
   * What the request would take of a device that others use too; undefined when that is too much.
   */
  private share(wanted: Wanted, { device, key }: Candidate): Capacities | undefined {
    const consumed = consumedCapacity(device, wanted.request);
    if (!consumed) return undefined;
    const others = [...this.parts.ledger.usersOf(key)].map((each) => each.consumedCapacity ?? {});
    const here = (this.allocating.get(key) ?? []).map(({ chosen }) => chosen.consumed ?? {});
    const all = [...others, ...here, consumed] as Capacities[];
    return fitTogether(device, all) ? consumed : undefined;
  }

  /** The last device that the claim was given. */
  private giveBack(claim: number): void {
    const { wanted, pool, device, key } = this.chosen[claim].pop()!;
    for (const constraint of this.constraints[claim]) constraint.remove(wanted);
    this.counters.giveBack(pool, device);
    this.allocating.get(key)!.pop();
  }
}

function choose(
  selectors: readonly IDeviceSelector[] | undefined,
  { pool, device }: Candidate,
  subject: string,
): boolean {
  return (selectors ?? []).every(({ cel }, index) => {
    const selector = compileSelector(cel?.expression ?? '');
    const at = `${subject}: selector #${index}`;
    if ('problem' in selector) throw problem(`${at}: CEL compile error: ${selector.problem}`);
    const result = matchesDevice(selector.program, pool.driver, device);
    if ('error' in result) throw problem(`${at}: CEL runtime error: ${result.error}`);
    return result.isMatch;
  });
}

function problem(message: string): PluginError {
  return new PluginError('DynamicResources', message);
}

/** An alternative's own name. */
function shortName({ name }: Wanted): string {
  return name.slice(name.indexOf('/') + 1);
}
