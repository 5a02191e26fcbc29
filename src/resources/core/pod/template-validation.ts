// Pod templates. Upstream: ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { qualifiedName } from '../../../api/names';
import type { PodTemplateSpec } from '../../../api/types';
import { validateLabels } from '../../label-selector-validation';
import { validatePodSpec } from './spec-validation';

const accepted = new WeakSet<object>();

/** A frozen template that passed once is not looked at again. */
export function validatePodTemplate(
  template: PodTemplateSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (accepted.has(template)) return;
  const before = errors.causes.length;
  const { labels, annotations } = template.metadata ?? {};
  if (labels) validateLabels(labels, `${path}.labels`, errors);
  for (const key of Object.keys(annotations ?? {}).sort()) {
    errors.invalidEach(`${path}.annotations`, key, qualifiedName(key.toLowerCase()));
  }
  validatePodSpec(template.spec!, `${path}.spec`, errors);
  if (template.spec?.ephemeralContainers?.length) {
    const why = 'ephemeral containers not allowed in pod template';
    errors.forbidden(`${path}.spec.ephemeralContainers`, why);
  }
  if (errors.causes.length === before && Object.isFrozen(template)) accepted.add(template);
}
