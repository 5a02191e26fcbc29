// One requirement of a label selector: checked when made, then only matched.
// Upstream: Requirement in apimachinery/pkg/labels/selector.go.
import { fieldErrorText } from './field-errors';
import { labelValue, qualifiedName } from './names';

export type LabelOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'exists' | '!' | 'gt' | 'lt';

export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

export class LabelSelectorError extends Error {
  override readonly name = 'LabelSelectorError';
}

/** Throws LabelSelectorError with the real server's words. */
export function newRequirement(
  key: string,
  operator: LabelOperator,
  values: readonly string[],
): LabelRequirement {
  const problems = keyProblems('key', key);
  if (operator === 'in' || operator === 'notin') {
    if (values.length === 0) {
      const detail = "for 'in', 'notin' operators, values set can't be empty";
      problems.push(fieldErrorText('values', values, detail));
    }
  } else if ((operator === 'exists' || operator === '!') && values.length > 0) {
    const detail = 'values set must be empty for exists and does not exist';
    problems.push(fieldErrorText('values', values, detail));
  } else if ((operator === 'gt' || operator === 'lt') && !isInteger(values[0])) {
    const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
    problems.push(fieldErrorText('values[0]', values[0], detail));
  }
  values.forEach((value, index) => {
    const messages = labelValue(value);
    if (messages.length > 0) {
      problems.push(fieldErrorText(`values[${index}][${key}]`, value, messages.join('; ')));
    }
  });
  if (problems.length > 0) {
    throw new LabelSelectorError(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
  }
  return { key, operator, values };
}

/** What is wrong with a label key, as one field error; none when it is fine. */
export function keyProblems(path: string, key: string): string[] {
  const messages = qualifiedName(key);
  return messages.length === 0 ? [] : [fieldErrorText(path, key, messages.join('; '))];
}

function isInteger(text: string | undefined): boolean {
  return text !== undefined && /^[+-]?\d+$/.test(text);
}

/** Whether a label's value (undefined: no such label) satisfies the requirement. */
export function holds({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case '=':
    case '==':
      return value === values[0];
    case '!=':
      return value !== values[0];
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
      return isInteger(value) && Number(value) > Number(values[0]);
    case 'lt':
      return isInteger(value) && Number(value) < Number(values[0]);
  }
}

/** As the query syntax writes it. */
export function formatRequirement({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return '!' + key;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${[...values].sort().join(',')})`;
    case 'gt':
      return `${key}>${values[0]}`;
    case 'lt':
      return `${key}<${values[0]}`;
    default:
      return key + operator + values[0];
  }
}

/** Selectors keep their requirements in this order. */
export function byKey(requirements: LabelRequirement[]): LabelRequirement[] {
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
