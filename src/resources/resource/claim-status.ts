// What the status of a claim may say: which devices it got, who may use them, and what drivers tell
// of them. What was allocated stays as it is until it is given back.
// Upstream: pkg/apis/resource/validation/validation.go, pkg/registry/resource/resourceclaim.
import type { IAllocatedDeviceStatus } from 'kubernetes-models/resource.k8s.io/v1/AllocatedDeviceStatus';
import type { IAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/AllocationResult';
import type { IDeviceAllocationConfiguration } from 'kubernetes-models/resource.k8s.io/v1/DeviceAllocationConfiguration';
import type { IDeviceRequestAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequestAllocationResult';
import type { INetworkDeviceData } from 'kubernetes-models/resource.k8s.io/v1/NetworkDeviceData';
import { deepEqual } from '../../api/deep-equal';
import type { ResourceClaim, ResourceClaimStatus } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { cidrErrors } from '../../api/ip';
import { dnsLabel } from '../../api/names';
import type { NodeSelector } from '../../api/types';
import { validateConditions } from '../condition-validation';
import { validateNodeSelector } from '../core/pod/affinity-validation';
import { validateBindingConditions } from './binding-conditions';
import { validateConfiguration, validateData } from './device-configuration';
import {
  validateDriver,
  validateEach,
  validatePoolName,
  validateSet,
  validateUid,
} from './device-names';
import { CONFIGS_MAX, requestNames, validateName, validateNames } from './device-requests';

const RESERVED_MAX = 256;
const RESULTS_MAX = 32;
const CONDITIONS_MAX = 8;
const INTERFACE_MAX = 256;
const HARDWARE_MAX = 128;
const IPS_MAX = 16;
const SOURCES = ['FromClaim', 'FromClass'];

type Consumer = NonNullable<ResourceClaimStatus['reservedFor']>[number];

export function validateClaimStatus(
  { metadata, spec, status }: ResourceClaim,
  old: ResourceClaim,
  errors: FieldErrors,
): void {
  const { reservedFor = [], allocation, devices = [] } = status ?? {};
  const at = 'status.reservedFor';
  validateSet(reservedFor, RESERVED_MAX, at, errors, validateConsumer, ({ uid }) => uid);
  const allocated = new Set(allocation?.devices?.results?.map(shareKey));
  const validate = (device: IAllocatedDeviceStatus, path: string): void =>
    validateDevice(device, allocated, path, errors);
  validateSet(devices, Infinity, 'status.devices', errors, validate, shareKey);
  if (reservedFor.length > 0 && !allocation) {
    errors.forbidden(at, 'may not be specified when `allocated` is not set');
  } else if (metadata.deletionTimestamp && hasNew(reservedFor, old.status?.reservedFor)) {
    const why = 'while `deallocationRequested` or `deletionTimestamp` are set';
    errors.forbidden(at, `new entries may not be added ${why}`);
  }
  if (!allocation) return;
  const before = old.status?.allocation;
  if (!before) validateAllocation(allocation, requestNames(spec.devices?.requests ?? []), errors);
  else if (!deepEqual(allocation, before)) {
    errors.invalid('status.allocation', allocation, 'field is immutable');
  }
}

/** A claim's status without what drivers told of devices that it has no longer. */
export function withoutFreedDevices(
  status: ResourceClaimStatus,
  old: ResourceClaimStatus | undefined,
): ResourceClaimStatus {
  const { devices, ...others } = status;
  if (!devices || !old?.allocation) return status;
  const kept = new Set(status.allocation?.devices?.results?.map(deviceKey));
  const freed = new Set(old.allocation.devices?.results?.map(deviceKey));
  const left = devices.filter((device) => {
    const key = deviceKey(device);
    return kept.has(key) || !freed.has(key);
  });
  if (left.length === devices.length) return status;
  return left.length > 0 ? { ...others, devices: left } : others;
}

interface DeviceId {
  readonly driver?: string;
  readonly pool?: string;
  readonly device?: string;
  readonly shareID?: string;
}

function deviceKey({ driver, pool, device }: DeviceId): string {
  return `${driver}/${pool}/${device}`;
}

function shareKey(id: DeviceId): string {
  return id.shareID ? `${deviceKey(id)}/${id.shareID}` : deviceKey(id);
}

function hasNew(now: readonly Consumer[], before: readonly Consumer[] = []): boolean {
  return now.some((each) => !before.some((other) => deepEqual(each, other)));
}

function validateConsumer(
  { resource, name, uid }: Consumer,
  path: string,
  errors: FieldErrors,
): void {
  if (!resource) errors.required(`${path}.resource`);
  if (!name) errors.required(`${path}.name`);
  if (!uid) errors.required(`${path}.uid`);
}

function validateAllocation(
  { devices = {}, nodeSelector }: IAllocationResult,
  known: ReadonlySet<string>,
  errors: FieldErrors,
): void {
  const path = 'status.allocation';
  const { results = [], config = [] } = devices;
  validateEach(results, RESULTS_MAX, `${path}.devices.results`, errors, (result, at) =>
    validateResult(result, known, at, errors),
  );
  validateEach(config, 2 * CONFIGS_MAX, `${path}.devices.config`, errors, (each, at) =>
    validateAllocatedConfiguration(each, known, at, errors),
  );
  if (nodeSelector) {
    validateNodeSelector(nodeSelector as NodeSelector, `${path}.nodeSelector`, errors);
  }
}

function validateResult(
  result: Partial<IDeviceRequestAllocationResult>,
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const { request = '', driver = '', pool = '', device = '', shareID } = result;
  validateName(request, known, `${path}.request`, errors);
  validateDriver(driver, `${path}.driver`, errors);
  validatePoolName(pool, `${path}.pool`, errors);
  errors.invalidEach(`${path}.device`, device, dnsLabel(device));
  validateBindingConditions(result, path, errors);
  if (shareID != null) validateUid(shareID, `${path}.shareID`, errors);
}

function validateAllocatedConfiguration(
  configuration: IDeviceAllocationConfiguration,
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const { source, requests = [] } = configuration;
  if (!source) errors.required(`${path}.source`);
  else if (!SOURCES.includes(source)) errors.notSupported(`${path}.source`, source, SOURCES);
  validateNames(requests, known, `${path}.requests`, errors);
  validateConfiguration(configuration, path, errors);
}

function validateDevice(
  status: Partial<IAllocatedDeviceStatus>,
  allocated: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const { driver = '', pool = '', device = '', shareID, conditions = [], data } = status;
  validateDriver(driver, `${path}.driver`, errors);
  validatePoolName(pool, `${path}.pool`, errors);
  errors.invalidEach(`${path}.device`, device, dnsLabel(device));
  if (shareID != null) validateUid(shareID, `${path}.shareID`, errors);
  const key = shareKey(status);
  if (!allocated.has(key)) errors.invalid(path, key, 'must be an allocated device in the claim');
  if (conditions.length > CONDITIONS_MAX) {
    errors.tooMany(`${path}.conditions`, conditions.length, CONDITIONS_MAX);
  }
  validateConditions(conditions as never, `${path}.conditions`, errors);
  if (data != null) validateData(data, `${path}.data`, errors);
  if (status.networkData) validateNetwork(status.networkData, `${path}.networkData`, errors);
}

function validateNetwork(
  { interfaceName = '', hardwareAddress = '', ips = [] }: INetworkDeviceData,
  path: string,
  errors: FieldErrors,
): void {
  if (interfaceName.length > INTERFACE_MAX) errors.tooLong(`${path}.interfaceName`, INTERFACE_MAX);
  if (hardwareAddress.length > HARDWARE_MAX) {
    errors.tooLong(`${path}.hardwareAddress`, HARDWARE_MAX);
  }
  const validate = (ip: string, at: string): void => errors.invalidEach(at, ip, addressErrors(ip));
  validateSet(ips, IPS_MAX, `${path}.ips`, errors, validate, (ip) => ip);
}

function addressErrors(ip: string): readonly string[] {
  const isGood = cidrErrors(ip).length === 0;
  return isGood
    ? []
    : ['must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)'];
}
