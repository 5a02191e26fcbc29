// Label selectors inside objects. Upstream: apimachinery/pkg/apis/meta/v1/validation/validation.go.
import type { FieldErrors } from '../api/field-errors';
import type { LabelSelectorObject } from '../api/label-selector';
import { labelValue, qualifiedName } from '../api/names';

/** Reports what is wrong under `path`; true when nothing is. */
export function validateLabelSelector(
  selector: LabelSelectorObject | undefined,
  path: string,
  errors: FieldErrors,
): boolean {
  const before = errors.causes.length;
  if (!selector) return true;
  if (selector.matchLabels) validateLabels(selector.matchLabels, `${path}.matchLabels`, errors);
  selector.matchExpressions?.forEach(({ key, operator, values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
        errors.forbidden(`${at}.values`, why);
      }
    } else errors.invalid(`${at}.operator`, operator ?? '', 'not a valid selector operator');
    errors.invalidEach(`${at}.key`, key ?? '', qualifiedName(key ?? ''));
    values.forEach((value, position) => {
      errors.invalidEach(`${at}.values[${position}]`, value, labelValue(value));
    });
  });
  return errors.causes.length === before;
}

/** Labels anywhere: keys are qualified names, values label values. */
export function validateLabels(
  labels: Readonly<Record<string, string>>,
  path: string,
  errors: FieldErrors,
): void {
  for (const key of Object.keys(labels).sort()) {
    errors.invalidEach(path, key, qualifiedName(key));
    errors.invalidEach(path, labels[key], labelValue(labels[key]));
  }
}
