// Which devices are taken, and by which claims: as the API server told, as this scheduler wrote
// before it was told so, and as it has promised to pods that are not bound yet.
// Invariant: a device that any of the three gives away is taken; what allows admin access takes
// nothing.
// Upstream: pkg/scheduler/framework/plugins/dynamicresources/{dra_manager,allocateddevices}.go.
import type { IAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/AllocationResult';
import type { IDeviceRequestAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequestAllocationResult';
import { deviceKey } from '../../../api/device-taints';
import type { ResourceClaim } from '../../../api/extension-types';
import type { Informer } from '../../../client/informer';
import { NewestObjects } from '../../../client/newest-objects';

export type DeviceResult = IDeviceRequestAllocationResult;

interface Entry {
  /** Of the newest version seen. */
  version: number;
  known: IAllocationResult | undefined;
  /** Promised, and not written yet. */
  pending: IAllocationResult | undefined;
}

const NOBODY: ReadonlySet<DeviceResult> = new Set();

export class ClaimLedger {
  private readonly claims: NewestObjects<ResourceClaim>;
  private readonly entries = new Map<string, Entry>();
  private readonly users = new Map<string, Set<DeviceResult>>();

  constructor(informer: Informer<ResourceClaim>) {
    this.claims = new NewestObjects(informer);
    informer.addHandler({
      added: (claim) => this.note(claim),
      updated: (claim) => this.note(claim),
      deleted: ({ metadata }) => this.remove(metadata.uid),
    });
  }

  get(key: string): ResourceClaim | undefined {
    return this.claims.get(key);
  }

  /** What of a device is allocated. */
  usersOf(device: string): ReadonlySet<DeviceResult> {
    return this.users.get(device) ?? NOBODY;
  }

  isPending({ metadata }: ResourceClaim): boolean {
    return this.entries.get(metadata.uid)?.pending !== undefined;
  }

  promise({ metadata }: ResourceClaim, allocation: IAllocationResult): void {
    const entry = this.entryOf(metadata.uid);
    this.change(entry, () => (entry.pending = allocation));
  }

  /** Takes a promise back; nothing when there is none. */
  forgo({ metadata }: ResourceClaim): void {
    const entry = this.entries.get(metadata.uid);
    if (!entry?.pending) return;
    this.change(entry, () => (entry.pending = undefined));
    if (entry.version === 0) this.entries.delete(metadata.uid);
  }

  /** What a write answered, which counts from now on. */
  wrote(claim: ResourceClaim): ResourceClaim {
    this.note(claim);
    return this.claims.wrote(claim);
  }

  private note({ metadata, status }: ResourceClaim): void {
    const version = Number(metadata.resourceVersion);
    const entry = this.entryOf(metadata.uid);
    if (version < entry.version) return;
    entry.version = version;
    if (entry.known !== status?.allocation) {
      this.change(entry, () => (entry.known = status?.allocation));
    }
  }

  private remove(uid: string): void {
    const entry = this.entries.get(uid);
    if (!entry) return;
    this.change(entry, () => (entry.known = entry.pending = undefined));
    this.entries.delete(uid);
  }

  private entryOf(uid: string): Entry {
    let entry = this.entries.get(uid);
    if (!entry) {
      this.entries.set(uid, (entry = { version: 0, known: undefined, pending: undefined }));
    }
    return entry;
  }

  private change(entry: Entry, change: () => void): void {
    this.count(entry.known ?? entry.pending, false);
    change();
    this.count(entry.known ?? entry.pending, true);
  }

  private count(allocation: IAllocationResult | undefined, isTaken: boolean): void {
    for (const result of allocation?.devices?.results ?? []) {
      if (result.adminAccess) continue;
      const key = deviceKey(result.driver, result.pool, result.device);
      const users = this.users.get(key);
      if (!isTaken) {
        users?.delete(result);
        if (users?.size === 0) this.users.delete(key);
      } else if (users) users.add(result);
      else this.users.set(key, new Set([result]));
    }
  }
}
