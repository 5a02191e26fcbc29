// The names of a CRD, asked for and accepted.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dns1035Label } from '../../api/names';
import type { Partly } from './partly';

/** Adds what is wrong with those that are given; which of them must be is another matter. */
export function validateNames(
  names: Partly<CustomResourceDefinition['spec']['names']>,
  path: string,
  errors: FieldErrors,
): void {
  const { plural = '', singular = '', kind = '', listKind = '' } = names;
  const check = (field: string, value: string, text: string, before = ''): void => {
    const problems = value === '' ? [] : dns1035Label(text);
    if (problems.length > 0) errors.invalid(`${path}.${field}`, value, before + problems.join(','));
  };
  check('plural', plural, plural);
  check('singular', singular, singular);
  const mixed = 'may have mixed case, but should otherwise match: ';
  check('kind', kind, kind.toLowerCase(), mixed);
  check('listKind', listKind, listKind.toLowerCase(), mixed);
  const each = (field: string, values: readonly string[] = []): void =>
    values.forEach((value, index) => {
      const problems = dns1035Label(value);
      const at = `${path}.${field}[${index}]`;
      if (problems.length > 0) errors.invalid(at, value, problems.join(','));
    });
  each('shortNames', names.shortNames);
  if (kind !== '' && kind === listKind) {
    errors.invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same');
  }
  each('categories', names.categories);
}
