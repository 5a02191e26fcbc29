// What a CustomResourceDefinition must be. The server keeps what all versions agree on once, at the
// top of the spec, which is why errors of such a schema are shown at 'spec.validation'.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dns1035Label, dnsSubdomain } from '../../api/names';
import { validateConversion } from './conversion-validation';
import { goVersions } from './go-versions';
import { validateNames } from './names-validation';
import type { Partly } from './partly';
import { isJson, type JsonSchema } from './schema/json-schema';
import { structuralErrors } from './schema/structural';
import { hasUnsupportedWords, validateDefaults, validateSchema } from './schema/validate-schema';
import {
  validateColumns,
  validateSelectableFields,
  validateSubresources,
} from './version-validation';

type Crd = CustomResourceDefinition;
type Spec = Partly<Crd['spec']>;
export type Version = Partly<Crd['spec']['versions'][number]>;

const SCOPES = ['Cluster', 'Namespaced'];

/** What a new one must be, and one that was changed. */
export function validateCustomResourceDefinition(crd: Crd, errors: FieldErrors): void {
  const { name } = crd.metadata;
  const { names, group } = crd.spec as Spec;
  if (name && name !== `${names?.plural ?? ''}.${group ?? ''}` && dnsSubdomain(name).length === 0) {
    errors.invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group');
  }
  validateSpec(crd.spec, errors);
  validateNames(crd.status?.acceptedNames ?? {}, 'status.acceptedNames', errors);
  validateStoredVersions(crd, errors);
}

/** Also of the old one: what must stay as it is. */
export function validateCustomResourceDefinitionUpdate(
  crd: Crd,
  old: Crd,
  errors: FieldErrors,
): void {
  const immutable = (field: string, value: unknown, before: unknown): void => {
    if (value !== before) errors.invalid(field, value ?? '', 'field is immutable');
  };
  const isEstablished = (old.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
  if (isEstablished) {
    immutable('spec.scope', crd.spec.scope, old.spec.scope);
    immutable('spec.names.kind', crd.spec.names?.kind, old.spec.names?.kind);
  }
  immutable('spec.group', crd.spec.group, old.spec.group);
  immutable('spec.names.plural', crd.spec.names?.plural, old.spec.names?.plural);
  validateApproval(crd, errors, old);
}

export function validateApproval(crd: Crd, errors: FieldErrors, old?: Crd): void {
  const { group = '' } = crd.spec as Spec;
  const isProtected = /(^|\.)(k8s|kubernetes)\.io$/.test(group);
  if (!isProtected) return;
  const approval = crd.metadata.annotations?.[APPROVAL];
  if (old && old.metadata.annotations?.[APPROVAL] === approval) return;
  const field = `metadata.annotations[${APPROVAL}]`;
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (approval === undefined) {
    errors.required(field, `protected groups must have approval annotation "${APPROVAL}", ${see}`);
  } else if (!/^https?:\/\/[^/\s]+/.test(approval) && !approval.startsWith('unapproved')) {
    const why =
      `protected groups must have approval annotation "${APPROVAL}" with either a URL or a ` +
      `reason starting with "unapproved", ${see}`;
    errors.invalid(field, approval, why);
  }
}

export const APPROVAL = 'api-approved.kubernetes.io';

function validateSpec(spec: Spec, errors: FieldErrors): void {
  const { group = '', scope = '', versions = [] } = spec;
  const groupErrors = dnsSubdomain(group);
  if (group === '') errors.required('spec.group');
  else if (groupErrors.length > 0) errors.invalid('spec.group', group, groupErrors.join(','));
  else if (!group.includes('.')) {
    errors.invalid('spec.group', group, 'should be a domain with at least one dot');
  }
  if (scope === '') errors.required('spec.scope');
  else if (!SCOPES.includes(scope)) errors.notSupported('spec.scope', scope, SCOPES);
  versions.forEach(({ schema }, index) => {
    if (isJson(schema?.openAPIV3Schema)) return;
    const field = `spec.versions[${index}].schema.openAPIV3Schema`;
    errors.required(field, 'schemas are required');
  });
  const shared = sharedParts(versions);
  versions.forEach((version, index) => validateVersion(version, index, shared, errors));
  versionSet(spec, shared, errors);
  requiredNames(spec.names ?? {}, errors);
  validateNames(spec.names ?? {}, 'spec.names', errors);
  const [first] = versions;
  if (first && shared.schema) {
    const hasStatus = versions.some(({ subresources }) => subresources?.status !== undefined);
    schemaOf(first, hasStatus, 'spec.validation', errors);
  }
  if (first && shared.subresources) {
    validateSubresources(first.subresources, 'spec.subresources', errors);
  }
  if (first && shared.columns) validateColumns(first, 'spec', errors);
  if (first && shared.selectableFields) validateSelectableFields(first, 'spec', errors);
  if (spec.preserveUnknownFields === true) {
    const why =
      'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in ' +
      'spec.versions[*].schema instead';
    errors.invalid('spec.preserveUnknownFields', true, why);
  }
  validateConversion(spec.conversion, errors);
}

/** What all versions agree on, which is then checked once. */
interface SharedParts {
  readonly schema: boolean;
  readonly subresources: boolean;
  readonly columns: boolean;
  readonly selectableFields: boolean;
}

function sharedParts(versions: readonly Version[]): SharedParts {
  const [first, ...others] = versions;
  const agree = (read: (version: Version) => unknown): boolean =>
    first !== undefined && others.every((version) => deepEqual(read(version), read(first)));
  return {
    schema: agree(({ schema }) => schema),
    subresources: agree(({ subresources }) => subresources),
    columns: agree(({ additionalPrinterColumns }) => additionalPrinterColumns),
    selectableFields: agree(({ selectableFields }) => selectableFields),
  };
}

function validateVersion(
  version: Version,
  index: number,
  shared: SharedParts,
  errors: FieldErrors,
): void {
  const path = `spec.versions[${index}]`;
  const nameErrors = dns1035Label(version.name ?? '');
  if (nameErrors.length > 0)
    errors.invalid(`${path}.name`, version.name ?? '', nameErrors.join(','));
  deprecation(version, path, errors);
  if (!shared.schema) {
    schemaOf(version, version.subresources?.status !== undefined, `${path}.schema`, errors);
  }
  if (!shared.subresources)
    validateSubresources(version.subresources, `${path}.subresources`, errors);
  if (!shared.columns) validateColumns(version, path, errors);
  if (!shared.selectableFields) validateSelectableFields(version, path, errors);
}

function deprecation(
  { deprecated = false, deprecationWarning }: Version,
  path: string,
  errors: FieldErrors,
): void {
  if (deprecationWarning === undefined) return;
  const complain = (why: string): void =>
    errors.invalid(`${path}.deprecationWarning`, deprecationWarning, why);
  if (!deprecated) {
    complain('can only be set for deprecated versions');
    return;
  }
  if (deprecationWarning.length > 256) complain('must be <= 256 characters long');
  if (deprecationWarning === '') complain('must not be an empty string');
  const at = deprecationWarning.search(/[^\P{C}]|[\p{Zl}\p{Zp}]/u);
  if (at >= 0) {
    const what = 'must only contain printable UTF-8 characters';
    complain(`${what}; non-printable character found at index ${at}`);
  }
}

function versionSet(spec: Spec, shared: SharedParts, errors: FieldErrors): void {
  const { versions } = spec;
  const names = (versions ?? []).map(({ name }) => name);
  const shown = versions && goVersions(versions, shared);
  if (new Set(names).size < names.length) {
    errors.invalid('spec.versions', shown, 'must contain unique version names');
  }
  const stored = (versions ?? []).filter(({ storage }) => storage);
  if (stored.length !== 1) {
    const why = 'must have exactly one version marked as storage version';
    errors.invalid('spec.versions', shown ?? null, why);
  }
  const nameErrors = names.length > 0 ? dns1035Label(names[0] ?? '') : [];
  if (nameErrors.length > 0 && names[0]) {
    errors.invalid('spec.version', names[0], nameErrors.join(','));
  }
}

function requiredNames(names: Partly<Crd['spec']['names']>, errors: FieldErrors): void {
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!names[field]) errors.required(`spec.names.${field}`);
  }
}

/** Fields that a root schema may have when status is a subresource. */
const AT_ROOT = [
  'Description',
  'Type',
  'Format',
  'Title',
  'Maximum',
  'ExclusiveMaximum',
  'Minimum',
  'ExclusiveMinimum',
  'MaxLength',
  'MinLength',
  'Pattern',
  'MaxItems',
  'MinItems',
  'UniqueItems',
  'MultipleOf',
  'Required',
  'Items',
  'Properties',
  'ExternalDocs',
  'Example',
  'XPreserveUnknownFields',
  'XValidations',
];

function schemaOf(version: Version, hasStatus: boolean, path: string, errors: FieldErrors): void {
  const schema = version.schema?.openAPIV3Schema as JsonSchema | undefined;
  if (!isJson(schema)) return;
  const at = `${path}.openAPIV3Schema`;
  if (hasStatus) rootFields(schema, at, errors);
  if (schema.nullable) errors.forbidden(`${at}.nullable`, 'nullable cannot be true at the root');
  const before = errors.causes.length;
  const isSupported = !hasUnsupportedWords(schema);
  if (isSupported) {
    const structural = structuralErrors(schema, at);
    errors.causes.push(...structural.causes);
    if (structural.isEmpty) validateDefaults(schema, at, errors);
  }
  validateSchema(schema, at, errors, isSupported && errors.causes.length === before);
}

function rootFields(schema: JsonSchema, at: string, errors: FieldErrors): void {
  if (schema.type !== undefined && schema.type !== 'object') {
    const why =
      'only "object" is allowed as the type at the root of the schema if the status ' +
      'subresource is enabled';
    errors.invalid(`${at}.type`, schema.type, why);
    return;
  }
  const other = Object.keys(schema).find((key) => !AT_ROOT.includes(goField(key)));
  if (other === undefined) return;
  const why = 'fields are allowed at the root of the schema if the status subresource is enabled';
  errors.invalid(at, schema, `only [${AT_ROOT.join(' ')}] ${why}`);
}

/** 'x-kubernetes-validations' is XValidations, 'maxItems' MaxItems. */
function goField(key: string): string {
  const words = key.replace(/^x-kubernetes/, 'x').split('-');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function validateStoredVersions({ spec, status }: Crd, errors: FieldErrors): void {
  const stored = status?.storedVersions ?? [];
  const field = 'status.storedVersions';
  if (stored.length === 0) {
    errors.invalid(field, null, 'must have at least one stored version');
    return;
  }
  const versions = spec.versions ?? [];
  for (const { name, storage } of versions) {
    if (storage && !stored.includes(name)) {
      errors.invalid(field, stored, `must have the storage version ${name}`);
    }
  }
  stored.forEach((name, index) => {
    if (versions.some((version) => version.name === name)) return;
    const why =
      `missing from spec.versions; ${name} was previously a storage version, and must remain in ` +
      `spec.versions until a storage migration ensures no data remains persisted in ${name} and ` +
      `removes ${name} from status.storedVersions`;
    errors.invalid(`${field}[${index}]`, name, why);
  });
}
