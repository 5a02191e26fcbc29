// Taints of devices, and what requests tolerate.
// Upstream: pkg/apis/resource/validation/validation.go.
import type { IDeviceTaint } from 'kubernetes-models/resource.k8s.io/v1/DeviceTaint';
import type { IDeviceToleration } from 'kubernetes-models/resource.k8s.io/v1/DeviceToleration';
import type { FieldErrors } from '../../api/field-errors';
import { labelValue, qualifiedName } from '../../api/names';

const EFFECTS: readonly string[] = ['NoExecute', 'NoSchedule', 'None'];
const OPERATORS = ['Equal', 'Exists'];

export function validateTaint(
  { key = '', value, effect }: Partial<IDeviceTaint>,
  path: string,
  errors: FieldErrors,
): void {
  errors.invalidEach(`${path}.key`, key, qualifiedName(key));
  if (value) errors.invalidEach(`${path}.value`, value, labelValue(value));
  if (!effect) errors.required(`${path}.effect`);
  else if (!EFFECTS.includes(effect)) errors.notSupported(`${path}.effect`, effect, EFFECTS);
}

export function validateToleration(
  { key, operator, value = '', effect }: IDeviceToleration,
  path: string,
  errors: FieldErrors,
): void {
  if (key) errors.invalidEach(`${path}.key`, key, qualifiedName(key));
  if (operator === 'Exists') {
    if (value) errors.invalid(`${path}.value`, value, 'must be empty for operator `Exists`');
  } else if (operator === 'Equal') errors.invalidEach(`${path}.value`, value, labelValue(value));
  else if (!operator) errors.required(`${path}.operator`);
  else errors.notSupported(`${path}.operator`, operator, OPERATORS);
  if (effect && !EFFECTS.includes(effect)) {
    errors.notSupported(`${path}.effect`, effect, EFFECTS);
  }
}
