// What a claim is told of its devices: which they are, what drivers are to do with them, and where
// they can be used.
// Upstream: Allocator.Allocate in k8s.io/dynamic-resource-allocation/structured/internal.
import type { IAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/AllocationResult';
import type { IDeviceAllocationConfiguration } from 'kubernetes-models/resource.k8s.io/v1/DeviceAllocationConfiguration';
import { deepEqual } from '../../../api/deep-equal';
import type { ResourceClaim } from '../../../api/extension-types';
import type { NodeSelector, NodeSelectorRequirement } from '../../../api/types';
import type { DeviceResult } from './claim-ledger';
import type { Wanted } from './device-request';
import type { Chosen, Solution } from './device-search';

/** `newShare` names a share of a device that others use too. */
export function allocationResult(
  { claim, chosen, selected }: Solution,
  newShare: () => string,
): IAllocationResult {
  const results = chosen.map((each) => resultOf(each, newShare));
  const config = configOf(claim, selected);
  const nodeSelector = nodeSelectorOf(chosen);
  return {
    devices: {
      ...(results.length > 0 && { results }),
      ...(config.length > 0 && { config }),
    },
    ...(nodeSelector && { nodeSelector }),
  } as IAllocationResult;
}

function resultOf(
  { wanted, pool, device, consumed }: Chosen,
  newShare: () => string,
): DeviceResult {
  const { adminAccess, tolerations } = wanted.request;
  const { bindingConditions, bindingFailureConditions } = device;
  return {
    request: wanted.name,
    driver: pool.driver,
    pool: pool.name,
    device: device.name,
    ...(adminAccess && { adminAccess }),
    ...(tolerations && { tolerations }),
    ...(bindingConditions?.length && { bindingConditions }),
    ...(bindingFailureConditions?.length && { bindingFailureConditions }),
    ...(consumed && { shareID: newShare(), consumedCapacity: { ...consumed } }),
  };
}

/** First that of the classes, each once; then that of the claim. */
function configOf(claim: ResourceClaim, selected: readonly Wanted[]) {
  const config: IDeviceAllocationConfiguration[] = [];
  const seen = new Set<string>();
  for (const { deviceClass } of selected) {
    const { name } = deviceClass.metadata;
    if (seen.has(name)) continue;
    seen.add(name);
    const requests = selected
      .filter((wanted) => wanted.deviceClass.metadata.name === name)
      .map((wanted) => wanted.name);
    for (const { opaque } of deviceClass.spec.config ?? []) {
      config.push({ source: 'FromClass', requests, ...(opaque && { opaque }) });
    }
  }
  for (const { requests, opaque } of claim.spec.devices?.config ?? []) {
    const isMeant = ({ parent, name }: Wanted): boolean =>
      requests!.includes(parent) || requests!.includes(name);
    if (requests?.length && !selected.some(isMeant)) continue;
    config.push({ source: 'FromClaim', ...(requests && { requests }), ...(opaque && { opaque }) });
  }
  return config;
}

/** The node of a device that is local to one; else what all the devices' nodes must be. */
function nodeSelectorOf(chosen: readonly Chosen[]): NodeSelector | undefined {
  const matchFields: NodeSelectorRequirement[] = [];
  const matchExpressions: NodeSelectorRequirement[] = [];
  for (const { slice, device } of chosen) {
    const { nodeName, nodeSelector } = slice.spec.perDeviceNodeSelection ? device : slice.spec;
    if (nodeName) {
      const requirement = { key: 'metadata.name', operator: 'In' as const, values: [nodeName] };
      return { nodeSelectorTerms: [{ matchFields: [requirement] }] };
    }
    const term = nodeSelector?.nodeSelectorTerms[0];
    addNew(matchFields, term?.matchFields as NodeSelectorRequirement[] | undefined);
    addNew(matchExpressions, term?.matchExpressions as NodeSelectorRequirement[] | undefined);
  }
  if (matchFields.length + matchExpressions.length === 0) return undefined;
  const term = {
    ...(matchExpressions.length > 0 && { matchExpressions }),
    ...(matchFields.length > 0 && { matchFields }),
  };
  return { nodeSelectorTerms: [term] };
}

function addNew(
  known: NodeSelectorRequirement[],
  more: readonly NodeSelectorRequirement[] = [],
): void {
  for (const requirement of more) {
    if (!known.some((each) => deepEqual(each, requirement))) known.push(requirement);
  }
}
