// Conditions that many kinds share. Upstream: ValidateConditions in
// apimachinery/pkg/apis/meta/v1/validation/validation.go.
import type { FieldErrors } from '../api/field-errors';
import { qualifiedName } from '../api/names';

interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime?: string | null;
  readonly reason?: string;
  readonly message?: string;
}

const STATUSES = ['False', 'True', 'Unknown'];
const REASON = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const REASON_RULE =
  'a condition reason must start with alphabetic character, optionally followed by a string of ' +
  "alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' " +
  "(e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', " +
  `regex used for validation is '${REASON}')`;
const reasonPattern = new RegExp(`^(?:${REASON})$`);
const REASON_MAX_BYTES = 1024;
const MESSAGE_MAX_BYTES = 32768;

export function validateConditions(
  conditions: readonly Condition[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  conditions?.forEach((condition, index) => {
    const { type = '' } = condition;
    if (seen.has(type)) errors.duplicate(`${path}[${index}].type`, type);
    seen.add(type);
    validateCondition(condition, `${path}[${index}]`, errors);
  });
}

function validateCondition(condition: Condition, path: string, errors: FieldErrors): void {
  const { type = '', status = '', reason = '', message = '' } = condition;
  errors.invalidEach(`${path}.type`, type, qualifiedName(type));
  if (!STATUSES.includes(status)) errors.notSupported(`${path}.status`, status, STATUSES);
  const { observedGeneration = 0, lastTransitionTime } = condition;
  if (observedGeneration < 0) {
    const why = 'must be greater than or equal to zero';
    errors.invalid(`${path}.observedGeneration`, observedGeneration, why);
  }
  if (!lastTransitionTime) errors.required(`${path}.lastTransitionTime`, 'must be set');
  if (reason === '') errors.required(`${path}.reason`, 'must be set');
  else {
    if (!reasonPattern.test(reason)) errors.invalid(`${path}.reason`, reason, REASON_RULE);
    if (reason.length > REASON_MAX_BYTES) errors.tooLong(`${path}.reason`, REASON_MAX_BYTES);
  }
  if (message.length > MESSAGE_MAX_BYTES) errors.tooLong(`${path}.message`, MESSAGE_MAX_BYTES);
}
