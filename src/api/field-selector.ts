// Field selectors: 'spec.nodeName=n1,status.phase!=Running'. Values escape ',', '=' and '\' by '\'.
// Upstream: apimachinery/pkg/fields/selector.go.

export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** All requirements must hold; none means everything. */
export type FieldSelector = readonly FieldRequirement[];

export class FieldSelectorError extends Error {
  override readonly name = 'FieldSelectorError';
}

/** Reads a `fieldSelector` parameter. Throws FieldSelectorError with the real server's words. */
export function parseFieldSelector(text: string): FieldSelector {
  return splitTerms(text)
    .filter((term) => term !== '')
    .map((term) => parseTerm(text, term));
}

/** Whether an object's fields satisfy the selector; `read` gives a field's value, '' when unset. */
export function matchesFields(selector: FieldSelector, read: (field: string) => string): boolean {
  for (const { field, operator, value } of selector) {
    if ((read(field) === value) !== (operator === '=')) return false;
  }
  return true;
}

/** The selector as text again, escaped. */
export function formatFieldSelector(selector: FieldSelector): string {
  return selector
    .map(({ field, operator, value }) => field + operator + escapeValue(value))
    .join(',');
}

/** Escapes a value for use in a field selector. */
export function escapeValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

/** Commas part the terms, but not an escaped one. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === ',') {
      terms.push(text.slice(start, index));
      start = index + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function parseTerm(text: string, term: string): FieldRequirement {
  for (let index = 0; index < term.length; index++) {
    if (term[index] === '\\') index++;
    else if (term.startsWith('!=', index)) return requirement(term, index, '!=', 2);
    else if (term.startsWith('==', index)) return requirement(term, index, '=', 2);
    else if (term[index] === '=') return requirement(term, index, '=', 1);
  }
  throw new FieldSelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
}

function requirement(
  term: string,
  at: number,
  operator: '=' | '!=',
  width: number,
): FieldRequirement {
  return { field: term.slice(0, at), operator, value: unescapeValue(term.slice(at + width)) };
}

function unescapeValue(text: string): string {
  if (!/[\\,=]/.test(text)) return text;
  let value = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') {
      const next = text[++index];
      if (next === undefined || !'\\,='.includes(next)) {
        throw new FieldSelectorError(
          `invalid field selector: invalid escape sequence: \\${next ?? ''}`,
        );
      }
      value += next;
    } else if (character === ',' || character === '=') {
      throw new FieldSelectorError(
        `invalid field selector: unescaped character in value: ${character}`,
      );
    } else value += character;
  }
  return value;
}
