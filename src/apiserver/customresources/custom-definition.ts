// A CRD that is established, as a definition that the API server can serve: one for the version in
// which objects are stored, and a view of it for every other. Without conversion the versions
// differ in their apiVersion alone; each is pruned, defaulted and validated by its own schema.
// Where the real one differs: what a schema no longer knows goes with the next write, not with the
// next read; conversion webhooks are asked for, and cannot be reached.
// Upstream: apiextensions-apiserver/pkg/apiserver/customresource_handler.go.
import { encodeBytes } from '../../api/base64';
import { deepEqual } from '../../api/deep-equal';
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { resourceRef, type ResourceRef } from '../../api/resource-ref';
import { sha256 } from '../../api/sha256';
import { StatusError } from '../../api/status-error';
import type { ResourceDefinition, ResourceView } from '../../resources/definition';
import { SCALE } from '../../resources/apps/scale';
import { applyDefaults } from '../../resources/apiextensions/schema/apply-defaults';
import type { JsonSchema } from '../../resources/apiextensions/schema/json-schema';
import { prune } from '../../resources/apiextensions/schema/prune';
import { validateRules } from '../../resources/apiextensions/schema/rules';
import { validateEmbedded } from '../../resources/apiextensions/schema/validate-embedded';
import { validateLists } from '../../resources/apiextensions/schema/validate-lists';
import { NO_OLD, validateValue } from '../../resources/apiextensions/schema/validate-value';
import { customKind } from './decode-custom';
import { findByPath } from './json-path';
import { printerColumns } from './printer-columns';

type Crd = CustomResourceDefinition;
type Version = Crd['spec']['versions'][number];

/** In the order in which discovery has them. */
const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

export function customDefinition(crd: Crd): ResourceDefinition {
  const { spec, status } = crd;
  const { versions, names } = spec;
  const stored = versions.find(({ storage }) => storage)!;
  const ref = refOf(crd, stored);
  const views = versions
    .filter((version) => version.served && version !== stored)
    .map((version) => viewOf(crd, version, ref));
  const accepted = status.acceptedNames ?? names;
  return {
    ref,
    singular: accepted.singular || names.kind.toLowerCase(),
    listKind: accepted.listKind || `${names.kind}List`,
    shortNames: accepted.shortNames ?? [],
    categories: accepted.categories ?? [],
    verbs: VERBS,
    hasGeneration: true,
    allowUnconditionalUpdate: false,
    storageVersionHash: hashOf(`${ref.apiVersion}/${ref.kind}`),
    isUnserved: !stored.served,
    views,
    view: { ...viewOf(crd, stored, ref), storage: ref },
    ...rulesOf(crd, stored),
  };
}

function refOf({ spec }: Crd, { name }: Version): ResourceRef {
  const isNamespaced = spec.scope === 'Namespaced';
  return resourceRef(`${spec.group}/${name}`, spec.names.plural, spec.names.kind, isNamespaced);
}

function hashOf(text: string): string {
  return encodeBytes(sha256([...text].map((letter) => letter.charCodeAt(0))).subarray(0, 8));
}

function viewOf(crd: Crd, version: Version, storage: ResourceRef): ResourceView {
  const ref = refOf(crd, version);
  const schema = schemaOf(version);
  const convert = converter(crd, ref, storage);
  const read = new WeakMap<KubeObject, KubeObject>();
  return {
    ref,
    listKind: crd.spec.names.listKind ?? `${ref.kind}List`,
    overrides: rulesOf(crd, version),
    convertTo(object) {
      let shown = read.get(object);
      if (!shown) {
        shown = readForm(convert(object, ref), schema);
        read.set(object, shown);
      }
      return shown;
    },
    convertFrom: (object) => convert(object, storage),
  };
}

/** As the version's schema of today shows what was stored under one of before. */
function readForm(object: KubeObject, schema: JsonSchema): KubeObject {
  return applyDefaults(prune(object, schema, true), schema) as KubeObject;
}

function converter(
  { spec }: Crd,
  ref: ResourceRef,
  storage: ResourceRef,
): (object: KubeObject, to: ResourceRef) => KubeObject {
  const config = spec.conversion?.webhook?.clientConfig;
  return (object, to) => {
    if (object.apiVersion === to.apiVersion) return object;
    if (spec.conversion?.strategy === 'Webhook' && ref.apiVersion !== storage.apiVersion) {
      throw unreachable(object, to, config ?? {});
    }
    return { ...object, apiVersion: to.apiVersion };
  };
}

type ClientConfig = NonNullable<
  NonNullable<NonNullable<Crd['spec']['conversion']>['webhook']>['clientConfig']
>;

/** No program behind the service or address can answer here. */
function unreachable(object: KubeObject, to: ResourceRef, config: ClientConfig): StatusError {
  const { service, url } = config;
  const path = service?.path ?? '';
  const target = service
    ? `https://${service.name}.${service.namespace}.svc:${service.port ?? 443}${path}?timeout=30s`
    : `${url ?? ''}?timeout=30s`;
  const why = service ? `service ${JSON.stringify(service.name)} not found` : 'connection refused';
  const what = `conversion webhook for ${object.apiVersion}, Kind=${to.kind} failed`;
  return new StatusError(500, '', `${what}: Post ${JSON.stringify(target)}: ${why}`);
}

function schemaOf({ schema }: Version): JsonSchema {
  return (schema?.openAPIV3Schema ?? { type: 'object' }) as JsonSchema;
}

interface Custom extends KubeObject {
  status?: unknown;
}

/** What a version has of its own: schema, subresources, columns, selectable fields. */
function rulesOf(crd: Crd, version: Version): Partial<ResourceDefinition> {
  const schema = schemaOf(version);
  const { subresources = {}, selectableFields = [] } = version;
  const hasStatus = subresources.status !== undefined;
  const { kind } = crd.spec.names;
  const deprecation = version.deprecated
    ? (version.deprecationWarning ?? `${crd.spec.group}/${version.name} ${kind} is deprecated`)
    : undefined;
  const check = (object: KubeObject, errors: FieldErrors, old: KubeObject | typeof NO_OLD): void =>
    validate(object, schema, subresources.scale, errors, old);
  return {
    custom: customKind(schema),
    subresources: [...(subresources.scale ? ['scale'] : []), ...(hasStatus ? ['status'] : [])],
    ...(subresources.scale && { subresourceDetails: { scale: SCALE } }),
    ...(deprecation !== undefined && { deprecation }),
    columns: printerColumns(version),
    selectableFields: Object.fromEntries(
      selectableFields.map(({ jsonPath }) => [
        jsonPath.replace(/^\./, ''),
        (object: KubeObject) => textAt(object, jsonPath),
      ]),
    ),
    applyDefaults: (object) => applyDefaults(object, schema) as KubeObject,
    prepareForCreate(object: Custom) {
      if (hasStatus) delete object.status;
      return object;
    },
    prepareForUpdate: (object: Custom, old: Custom) => withGeneration(object, old, hasStatus),
    prepareForStatusUpdate: (object: Custom, old: Custom) => {
      const { labels, annotations } = old.metadata;
      setOrDelete(object.metadata, 'labels', labels);
      setOrDelete(object.metadata, 'annotations', annotations);
      return applyDefaults(object, schema) as KubeObject;
    },
    validateCreate: (object, errors) => check(object, errors, NO_OLD),
    validateUpdate: (object, old, errors) => check(object, errors, old),
    validateStatusUpdate: (object, old, errors) => check(object, errors, old),
  };
}

function textAt(object: KubeObject, path: string): string {
  const [value] = findByPath(object, path);
  return value === undefined || value === null ? '' : `${value as string | number | boolean}`;
}

function setOrDelete(
  metadata: KubeObject['metadata'],
  field: 'labels' | 'annotations',
  value: Record<string, string> | undefined,
): void {
  if (value) metadata[field] = value;
  else delete metadata[field];
}

/** Any change but of metadata counts, and of status where that is apart. */
function withGeneration(object: Custom, old: Custom, hasStatus: boolean): KubeObject {
  const content = ({ metadata: _metadata, status, ...rest }: Custom): object =>
    hasStatus ? rest : { ...rest, status };
  if (deepEqual(content(object), content(old))) return object;
  object.metadata.generation = (old.metadata.generation ?? 0) + 1;
  return object;
}

/** Reasons for which rules are not looked at, as they count on values of the right kind. */
const BLOCKING: ReadonlySet<string> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

function validate(
  object: KubeObject,
  schema: JsonSchema,
  scale: Scale,
  errors: FieldErrors,
  old: KubeObject | typeof NO_OLD,
): void {
  const { metadata, ...content } = object;
  const value = { ...content, metadata: namesOf(metadata) };
  const before = old === NO_OLD ? NO_OLD : { ...old, metadata: namesOf(old.metadata) };
  validateValue(value, schema, errors, before);
  if (scale) validateScale(object, scale, errors);
  validateEmbedded(content, schema, errors);
  validateLists(content, schema, errors);
  if (!errors.causes.some(({ reason }) => BLOCKING.has(reason))) {
    validateRules(value, schema, errors, before);
  } else if (JSON.stringify(schema).includes('x-kubernetes-validations')) {
    const what = 'some validation rules were not checked because the object was invalid';
    const next = 'correct the existing errors to complete validation';
    errors.invalid('<nil>', undefined, `${what}; ${next}`);
  }
}

type Scale = NonNullable<Version['subresources']>['scale'];

/** Numbers of replicas that no Scale could show. */
function validateScale(object: KubeObject, scale: NonNullable<Scale>, errors: FieldErrors): void {
  for (const path of [scale.specReplicasPath, scale.statusReplicasPath]) {
    const [replicas] = findByPath(object, path);
    if (typeof replicas !== 'number') continue;
    if (replicas < 0) errors.invalid(path, replicas, 'should be a non-negative integer');
    if (replicas > INT32_MAX) {
      errors.invalid(path, replicas, `should be less than or equal to ${INT32_MAX}`);
    }
  }
}

const INT32_MAX = 2 ** 31 - 1;

/** As much of the metadata as a schema may speak of. */
function namesOf({ name, generateName }: KubeObject['metadata']): object {
  return { ...(name && { name }), ...(generateName && { generateName }) };
}
