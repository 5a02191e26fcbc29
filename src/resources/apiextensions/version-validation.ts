// What a version of a CRD adds to its schema: subresources, columns, selectable fields.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import type { Version } from './customresourcedefinition-validation';
import { findPath } from './schema/field-path';
import type { JsonSchema } from './schema/json-schema';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = [
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'password',
];
const SELECTABLE_TYPES: ReadonlySet<string> = new Set(['string', 'boolean', 'integer']);
const SELECTABLE_MAX = 8;

export function validateSubresources(
  subresources: Version['subresources'],
  path: string,
  errors: FieldErrors,
): void {
  const scale = subresources?.scale;
  if (!scale) return;
  const check = (field: string, value: string, under: readonly string[]): void => {
    const at = `${path}.scale.${field}`;
    if (simplePath(value, at, errors)) return;
    if (under.some((root) => value.startsWith(`.${root}.`))) return;
    const where = under.length > 1 ? 'either .spec or .status' : `.${under[0]}`;
    errors.invalid(at, value, `should be a json path under ${where}`);
  };
  const { specReplicasPath = '', statusReplicasPath = '', labelSelectorPath = '' } = scale;
  if (specReplicasPath) check('specReplicasPath', specReplicasPath, ['spec']);
  else errors.required(`${path}.scale.specReplicasPath`);
  if (statusReplicasPath) check('statusReplicasPath', statusReplicasPath, ['status']);
  else errors.required(`${path}.scale.statusReplicasPath`);
  if (labelSelectorPath) check('labelSelectorPath', labelSelectorPath, ['spec', 'status']);
}

/** True when something is wrong, which is then told. */
function simplePath(path: string, field: string, errors: FieldErrors): boolean {
  if (path.startsWith('.')) return false;
  errors.invalid(field, path, 'must be a simple json path starting with .');
  return true;
}

export function validateColumns(
  { additionalPrinterColumns = [] }: Version,
  path: string,
  errors: FieldErrors,
): void {
  additionalPrinterColumns.forEach(({ name, type, format = '', jsonPath }, index) => {
    const at = `${path}.additionalPrinterColumns[${index}]`;
    if (!name) errors.required(`${at}.name`);
    const types = `must be one of ${COLUMN_TYPES.join(',')}`;
    if (!type) errors.required(`${at}.type`, types);
    else if (!COLUMN_TYPES.includes(type)) errors.invalid(`${at}.type`, type, types);
    if (format !== '' && !COLUMN_FORMATS.includes(format)) {
      errors.invalid(`${at}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`);
    }
    if (!jsonPath) errors.required(`${at}.JSONPath`);
    else simplePath(jsonPath, `${at}.JSONPath`, errors);
  });
}

export function validateSelectableFields(
  { selectableFields = [], schema }: Version,
  path: string,
  errors: FieldErrors,
): void {
  const root = schema?.openAPIV3Schema as JsonSchema | undefined;
  if (!root || selectableFields.length === 0) return;
  const seen = new Set<string>();
  selectableFields.forEach(({ jsonPath = '' }, index) => {
    const at = `${path}.selectableFields[${index}].jsonPath`;
    if (jsonPath === '') {
      errors.required(at);
      return;
    }
    const found = findPath(jsonPath, root, false);
    if (typeof found === 'string') {
      errors.invalid(at, jsonPath, `is an invalid path: ${found}`);
      return;
    }
    if (found.names[0] === 'metadata') {
      errors.invalid(at, jsonPath, 'must not point to fields in metadata');
    }
    if (!SELECTABLE_TYPES.has(found.schema.type ?? '')) {
      const why =
        'must point to a field of type string, boolean or integer. Enum string fields and ' +
        'strings with formats are allowed.';
      errors.invalid(at, jsonPath, why);
    }
    const key = found.names.join('.');
    if (seen.has(key)) errors.duplicate(at, jsonPath);
    seen.add(key);
  });
  if (seen.size > SELECTABLE_MAX) {
    errors.tooMany(`${path}.selectableFields`, seen.size, SELECTABLE_MAX);
  }
}
