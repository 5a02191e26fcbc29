// RuntimeClasses. Upstream: pkg/registry/node/runtimeclass, pkg/apis/node/validation.
import { runtimeClasses } from '../../api/extension-refs';
import type { RuntimeClass } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel } from '../../api/names';
import type { Amounts } from '../../api/resource-amounts';
import { ageColumn, column, nameColumn } from '../columns';
import { validateTolerations } from '../core/pod/toleration-validation';
import { validateQuantityValue } from '../core/pod/resource-validation';
import { OLD_LABELS } from '../core/pod/warnings';
import type { ResourceDefinition } from '../definition';
import { validateLabels } from '../label-selector-validation';

export const runtimeClassDefinition: ResourceDefinition<RuntimeClass> = {
  ref: runtimeClasses,
  singular: 'runtimeclass',
  listKind: 'RuntimeClassList',
  validate,
  validateUpdate({ handler }, old, errors) {
    if (handler !== old.handler) errors.invalid('handler', handler, 'field is immutable');
  },
  warn({ scheduling }, _old, warnings) {
    for (const key in scheduling?.nodeSelector) {
      if (OLD_LABELS[key]) warnings.push(`scheduling.nodeSelector: ${OLD_LABELS[key]}`);
    }
  },
  columns: [nameColumn, column('Handler', 'string', '', ({ handler }) => handler), ageColumn],
};

function validate({ handler, overhead, scheduling }: RuntimeClass, errors: FieldErrors): void {
  errors.invalidEach('handler', handler ?? '', dnsLabel(handler ?? ''));
  const fixed = (overhead?.podFixed ?? {}) as Amounts;
  for (const name of Object.keys(fixed).sort()) {
    validateQuantityValue(name, fixed[name], `overhead.podFixed[${name}]`, errors);
  }
  if (!scheduling) return;
  validateLabels(scheduling.nodeSelector ?? {}, 'scheduling.nodeSelector', errors);
  validateTolerations((scheduling.tolerations ?? []) as never, 'scheduling.tolerations', errors);
}
