// Match conditions: expressions that decide whether a matched request is looked at at all.
// Upstream: validateMatchConditions in pkg/apis/admissionregistration/validation/validation.go.
import type { IMatchCondition } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchCondition';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { BOOL } from '../../cel/types';
import { validateExpression, type ExpressionScope } from './policy-expressions';

const CONDITIONS_MAX = 64;

export function validateMatchConditions(
  conditions: readonly IMatchCondition[],
  path: string,
  hasParams: boolean,
  errors: FieldErrors,
): void {
  if (conditions.length > CONDITIONS_MAX) {
    errors.tooMany(path, conditions.length, CONDITIONS_MAX);
  }
  const scope: ExpressionScope = { hasParams, isMatchCondition: true };
  const names = new Set<string>();
  conditions.forEach(({ name, expression }, index) => {
    const at = `${path}[${index}]`;
    validateExpression(expression, `${at}.expression`, scope, BOOL, errors);
    if (!name) errors.required(`${at}.name`);
    else {
      errors.invalidEach(`${at}.name`, name, qualifiedName(name));
      if (names.has(name)) errors.duplicate(`${at}.name`, name);
      names.add(name);
    }
  });
}
