// What Nodes must be and may change.
// Upstream: ValidateNode, ValidateNodeUpdate in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { cidrErrors, isIpv6 } from '../../api/ip';
import { labelValue, qualifiedName } from '../../api/names';
import type { Node, Taint } from '../../api/types';
import { validateQuantityValue } from './pod/resource-validation';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const FIXED_CIDR = 'node updates may not change podCIDR except from "" to valid';

export function validateNode(node: Node, errors: FieldErrors): void {
  const { taints, podCIDRs = [] } = node.spec;
  if (taints) validateTaints(taints, errors);
  validateNodeResources(node, errors);
  podCIDRs.forEach((cidr, index) => {
    errors.invalidEach(`spec.podCIDRs[${index}]`, cidr, cidrErrors(cidr));
  });
  if (podCIDRs.length > 1 && !isDualStack(podCIDRs)) {
    const why = 'may specify no more than one CIDR for each IP family';
    errors.invalid('spec.podCIDRs', podCIDRs, why);
  }
}

export function validateNodeUpdate(next: Node, old: Node, errors: FieldErrors): void {
  const before = old.spec.podCIDRs ?? [];
  const after = next.spec.podCIDRs ?? [];
  if (before.length > 0 && before.length !== after.length) {
    errors.forbidden('spec.podCIDRs', FIXED_CIDR);
  } else {
    before.forEach((cidr, index) => {
      if (cidr !== after[index]) errors.forbidden('spec.podCIDRs', FIXED_CIDR);
    });
  }
  if (old.spec.providerID && old.spec.providerID !== next.spec.providerID) {
    const why = 'node updates may not change providerID except from "" to valid';
    errors.forbidden('spec.providerID', why);
  }
}

export function validateNodeStatus(node: Node, errors: FieldErrors): void {
  validateNodeResources(node, errors);
  const seen = new Set<string>();
  node.status.addresses?.forEach((address, index) => {
    const key = `${address.type} ${address.address}`;
    if (seen.has(key)) {
      const shown = { Type: address.type, Address: address.address };
      errors.duplicate(`status.addresses[${index}]`, shown);
    }
    seen.add(key);
  });
}

function validateTaints(taints: readonly Taint[], errors: FieldErrors): void {
  const seen = new Set<string>();
  taints.forEach((taint, index) => {
    const { key, value = '', effect } = taint;
    const at = `metadata.taints[${index}]`;
    errors.invalidEach(`${at}.key`, key ?? '', qualifiedName(key ?? ''));
    const problems = labelValue(value);
    if (problems.length > 0) errors.invalid(`${at}.value`, value, problems.join(';'));
    if (!effect) errors.required(`${at}.effect`);
    else if (!EFFECTS.includes(effect)) errors.notSupported(`${at}.effect`, effect, EFFECTS);
    const pair = `${effect} ${key}`;
    if (seen.has(pair)) {
      const shown = JSON.stringify({
        Key: key,
        Value: value,
        Effect: effect,
        TimeAdded: taint.timeAdded ?? null,
      });
      const why = 'taints must be unique by key and effect pair';
      errors.add('FieldValueDuplicate', at, `Duplicate value: ${shown}: ${why}`);
    }
    seen.add(pair);
  });
}

function validateNodeResources({ status }: Node, errors: FieldErrors): void {
  for (const field of ['capacity', 'allocatable'] as const) {
    const amounts = status[field] ?? {};
    for (const name in amounts) {
      validateQuantityValue(name, amounts[name], `status.${field}.${name}`, errors);
    }
  }
}

function isDualStack([first, second, ...rest]: readonly string[]): boolean {
  const isV6 = (cidr: string): boolean => isIpv6(cidr.slice(0, cidr.lastIndexOf('/')));
  return rest.length === 0 && isV6(first) !== isV6(second);
}
