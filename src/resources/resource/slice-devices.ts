// The devices of a slice, and the counters that they share.
// Upstream: validateDevice in pkg/apis/resource/validation/validation.go.
import type { ICounterSet } from 'kubernetes-models/resource.k8s.io/v1/CounterSet';
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';
import type { NodeSelector } from '../../api/types';
import { validateNodeSelector } from '../core/pod/affinity-validation';
import { validateBindingConditions } from './binding-conditions';
import { validateCapacity } from './capacity-policy';
import { validateEach, validateNamed, validateQualifiedName, validateSet } from './device-names';
import { validateTaint } from './device-taints';

const ENTRIES_MAX = 32;
const TAINTS_MAX = 16;
const CONSUMPTIONS_MAX = 2;
const COUNTERS_MAX = 32;
const VALUE_MAX = 64;
const LABEL_MAX = 63;
const NUMBER = String.raw`(0|[1-9]\d*)`;
const PRE = String.raw`(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const BUILD = '[0-9a-zA-Z-]+';
const SEMVER = new RegExp(
  String.raw`^${NUMBER}\.${NUMBER}\.${NUMBER}(-${PRE}(\.${PRE})*)?(\+${BUILD}(\.${BUILD})*)?$`,
);
const PLACES = '`nodeName`, `nodeSelector`, or `allNodes`';
const PER_DEVICE = 'when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

type Attribute = NonNullable<IDevice['attributes']>[string];

/** `hasPlaces` when each device of the slice says itself where it can be used. */
export function validateDevice(
  device: Partial<IDevice>,
  hasPlaces: boolean,
  path: string,
  errors: FieldErrors,
): void {
  const { name = '', attributes = {}, capacity = {}, taints = [] } = device;
  const isShared = device.allowMultipleAllocations ?? false;
  errors.invalidEach(`${path}.name`, name, dnsLabel(name));
  const entries = Object.keys(attributes).length + Object.keys(capacity).length;
  if (entries > ENTRIES_MAX) {
    const what = 'the total number of attributes and capacities';
    errors.invalid(path, entries, `${what} must not exceed ${ENTRIES_MAX}`);
  }
  const key = validateQualifiedName;
  validateNamed(attributes, Infinity, `${path}.attributes`, errors, key, validateAttribute);
  validateNamed(capacity, Infinity, `${path}.capacity`, errors, key, (each, at) =>
    validateCapacity(each, isShared, at, errors),
  );
  validateEach(taints, TAINTS_MAX, `${path}.taints`, errors, validateTaint);
  validateConsumption(device, path, errors);
  if (hasPlaces) validatePlace(device, path, errors);
  else if (device.nodeName != null || device.nodeSelector || device.allNodes != null) {
    const fields = '`nodeName`, `nodeSelector` and `allNodes`';
    const why = 'if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
    errors.invalid(path, null, `${fields} can only be set ${why}`);
  }
  validateBindingConditions(device, path, errors);
}

function validateAttribute(attribute: Attribute, path: string, errors: FieldErrors): void {
  const { bool, int, string, version } = attribute;
  if (string !== undefined && string.length > VALUE_MAX)
    errors.tooLong(`${path}.string`, VALUE_MAX);
  if (version !== undefined) {
    const at = `${path}.version`;
    if (!SEMVER.test(version)) {
      errors.invalid(at, version, 'must be a string compatible with semver.org spec 2.0.0');
    }
    if (version.length > VALUE_MAX) errors.tooLong(at, VALUE_MAX);
  }
  const given = [bool, int, string, version].filter((value) => value !== undefined).length;
  if (given === 1) return;
  errors.invalid(path, given === 0 ? '' : attribute, 'exactly one value must be specified');
}

function validateConsumption(
  { consumesCounters = [] }: Partial<IDevice>,
  path: string,
  errors: FieldErrors,
): void {
  validateSet(
    consumesCounters,
    CONSUMPTIONS_MAX,
    `${path}.consumesCounters`,
    errors,
    ({ counterSet, counters }, at) =>
      validateCounters(counterSet, counters, `${at}.counterSet`, `${at}.counters`, errors),
    ({ counterSet }) => counterSet,
  );
}

export function validateCounterSet(
  { name, counters }: ICounterSet,
  path: string,
  errors: FieldErrors,
): void {
  validateCounters(name, counters, `${path}.name`, `${path}.counters`, errors);
}

function validateCounters(
  name: string,
  counters: ICounterSet['counters'] | undefined,
  namePath: string,
  path: string,
  errors: FieldErrors,
): void {
  if (name) errors.invalidEach(namePath, name, dnsLabel(name));
  else errors.required(namePath);
  if (!counters || Object.keys(counters).length === 0) {
    errors.required(path);
    return;
  }
  const key = (each: string, at: string): void => errors.invalidEach(at, each, dnsLabel(each));
  const any = (): void => undefined;
  validateNamed(counters, COUNTERS_MAX, path, errors, key, any, LABEL_MAX);
}

function validatePlace(device: Partial<IDevice>, path: string, errors: FieldErrors): void {
  const given: string[] = [];
  if (device.nodeName != null) {
    const at = `${path}.nodeName`;
    if (device.nodeName === '') errors.invalid(at, '', 'must not be empty');
    else {
      given.push('`nodeName`');
      errors.invalidEach(at, device.nodeName, dnsSubdomain(device.nodeName));
    }
  }
  if (device.nodeSelector) {
    given.push('`nodeSelector`');
    validateNodeSelector(device.nodeSelector as NodeSelector, `${path}.nodeSelector`, errors);
  }
  if (device.allNodes) given.push('`allNodes`');
  else if (device.allNodes === false) {
    errors.invalid(`${path}.allNodes`, false, 'must be either unset or set to true');
  }
  const rule = `exactly one of ${PLACES} is required ${PER_DEVICE}`;
  if (given.length === 0) errors.required(path, rule);
  else if (given.length > 1) errors.invalid(path, `{${given.join(', ')}}`, rule);
}
