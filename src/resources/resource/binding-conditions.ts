// What must be true of a device, and what must not come about, before pods that use it are bound.
// Upstream: validateDeviceBindingParameters in pkg/apis/resource/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { validateEach } from './device-names';

const CONDITIONS_MAX = 4;

interface Binding {
  readonly bindingConditions?: readonly string[];
  readonly bindingFailureConditions?: readonly string[];
}

export function validateBindingConditions(binding: Binding, path: string, errors: FieldErrors) {
  const { bindingConditions: wanted = [], bindingFailureConditions: failures = [] } = binding;
  if (wanted.length === 0 && failures.length === 0) return;
  for (const field of ['bindingConditions', 'bindingFailureConditions'] as const) {
    validateEach(binding[field] ?? [], CONDITIONS_MAX, `${path}.${field}`, errors, (name, at) =>
      errors.invalidEach(at, name, qualifiedName(name)),
    );
  }
  for (const field of ['bindingConditions', 'bindingFailureConditions'] as const) {
    binding[field]?.forEach((name, index, names) => {
      const at = `${path}.${field}[${index}]`;
      if (names.indexOf(name) < index) errors.duplicate(at, name);
      if (field === 'bindingConditions' || !wanted.includes(name)) return;
      errors.invalid(at, name, 'bindingFailureConditions must not overlap with bindingConditions');
    });
  }
  if (wanted.length === 0) {
    const why = 'bindingConditions are required to use bindingFailureConditions';
    errors.invalid(`${path}.bindingConditions`, null, why);
  }
  if (failures.length === 0) {
    const why = 'bindingFailureConditions are required to use bindingConditions';
    errors.invalid(`${path}.bindingFailureConditions`, null, why);
  }
}
