// The options of a request, from its query and, for a delete, its body; checked as the server does.
// Upstream: apimachinery/pkg/apis/meta/{internalversion,v1}/validation.
import { FieldErrors } from '../../api/field-errors';
import { StatusError } from '../../api/status-error';
import type { PatchType, RequestOptions } from '../../client/transport';
import type { FieldValidation } from '../decode/decode-object';
import { DecodeError, ValueDecoder } from '../decode/decode-value';
import { typeMetaProblem } from '../decode/type-meta';
import { JsonSyntaxError, parseJson } from '../decode/parse-json';
import { checkFieldManager } from './manager-name';
import type { Query } from './query';

const GROUP = 'meta.k8s.io';

/** Of a list, a watch or the choice of what deletecollection deletes. Throws 400 or 422. */
export function listOptions(query: Query, watch: boolean): RequestOptions {
  const options: RequestOptions = {};
  const limit = query.integer('limit');
  query.integer('timeoutSeconds');
  if (limit !== undefined && limit > 0) options.limit = limit;
  for (const key of ['labelSelector', 'fieldSelector', 'continue'] as const) {
    if (query.text(key)) options[key] = query.text(key);
  }
  for (const key of ['resourceVersion', 'resourceVersionMatch'] as const) {
    if (query.text(key)) options[key] = query.text(key);
  }
  const errors = new FieldErrors();
  if (watch) checkWatch(query, errors);
  else checkList(query, errors);
  errors.throwIfAny('ListOptions', GROUP, '');
  checkResourceVersion(query);
  return options;
}

/** Throws 500, as the real server does for what is no number. */
export function checkResourceVersion(query: Query): void {
  const version = query.text('resourceVersion');
  if (version === '' || /^\d+$/.test(version)) return;
  const why = `strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`;
  const value = JSON.stringify(version);
  throw new StatusError(500, '', `resourceVersion: Invalid value: ${value}: ${why}`);
}

function checkList(query: Query, errors: FieldErrors): void {
  const match = query.text('resourceVersionMatch');
  const field = 'resourceVersionMatch';
  const version = query.text('resourceVersion');
  if (match) {
    if (!version) {
      errors.forbidden(field, `${field} is forbidden unless resourceVersion is provided`);
    }
    if (query.text('continue')) {
      errors.forbidden(field, `${field} is forbidden when continue is provided`);
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      errors.notSupported(field, match, ['Exact', 'NotOlderThan', '']);
    }
    if (match === 'Exact' && version === '0') {
      errors.forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`);
    }
  }
  if (query.has('sendInitialEvents')) {
    errors.forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  }
}

function checkWatch(query: Query, errors: FieldErrors): void {
  const match = query.text('resourceVersionMatch');
  const field = 'resourceVersionMatch';
  const initial = query.has('sendInitialEvents');
  if (initial && match !== 'NotOlderThan') {
    errors.forbidden(field, `sendInitialEvents requires setting ${field} to NotOlderThan`);
  }
  if (!match) return;
  if (!initial) {
    errors.forbidden(field, `${field} is forbidden for watch unless sendInitialEvents is provided`);
  }
  if (match !== 'NotOlderThan') errors.notSupported(field, match, ['NotOlderThan']);
  if (query.text('continue')) {
    errors.forbidden(field, `${field} is forbidden when continue is provided`);
  }
}

/** Of a create, update or patch, with how unknown fields are treated. */
export function writeOptions(
  query: Query,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  patchType?: PatchType,
): RequestOptions & { fieldValidation: FieldValidation } {
  const errors = new FieldErrors();
  const fieldValidation = query.text('fieldValidation');
  if (query.has('force') && patchType !== undefined && patchType !== 'apply') {
    errors.forbidden('force', 'may not be specified for non-apply patch');
  }
  if (patchType === 'apply' && !query.text('fieldManager')) {
    errors.required('fieldManager', 'is required for apply patch');
  }
  checkFieldManager(query.text('fieldManager'), errors);
  checkDryRun(query.all('dryRun'), errors);
  if (fieldValidation && !VALIDATIONS.has(fieldValidation)) {
    errors.notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn']);
  }
  errors.throwIfAny(kind, GROUP, '');
  const options: RequestOptions & { fieldValidation: FieldValidation } = {
    fieldValidation: (fieldValidation || 'Warn') as FieldValidation,
  };
  if (query.has('dryRun')) options.dryRun = true;
  if (query.text('fieldManager')) options.fieldManager = query.text('fieldManager');
  if (query.flag('force')) options.force = true;
  if (patchType) options.patchType = patchType;
  return options;
}

const VALIDATIONS: ReadonlySet<string> = new Set(['Ignore', 'Strict', 'Warn']);

function checkDryRun(values: readonly string[], errors: FieldErrors): void {
  const wrong = values.filter((value) => value !== 'All');
  if (wrong.length > 0) errors.notSupported('dryRun', values, ['All']);
}

interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  orphanDependents?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

/** Of a delete: from the body when there is one, else from the query. */
export function deleteOptions(query: Query, body: string): RequestOptions {
  const given = body === '' ? deleteOptionsOfQuery(query) : deleteOptionsOfBody(body);
  const { propagationPolicy: policy, orphanDependents } = given;
  const errors = new FieldErrors();
  if (policy !== undefined && orphanDependents !== undefined) {
    const why = 'orphanDependents and deletionPropagation cannot be both set';
    errors.invalid('propagationPolicy', policy, why);
  }
  if (policy !== undefined && !POLICIES.has(policy)) {
    errors.notSupported('propagationPolicy', policy, [...POLICIES, 'nil']);
  }
  checkDryRun(given.dryRun ?? [], errors);
  errors.throwIfAny('DeleteOptions', GROUP, '');
  const options: RequestOptions = {};
  if (given.gracePeriodSeconds !== undefined) options.gracePeriodSeconds = given.gracePeriodSeconds;
  if (given.preconditions) options.preconditions = given.preconditions;
  if (given.dryRun?.length) options.dryRun = true;
  if (policy) options.propagationPolicy = policy as RequestOptions['propagationPolicy'];
  if (orphanDependents !== undefined) {
    options.propagationPolicy = orphanDependents ? 'Orphan' : 'Background';
  }
  return options;
}

const POLICIES: ReadonlySet<string> = new Set(['Foreground', 'Background', 'Orphan']);

function deleteOptionsOfQuery(query: Query): DeleteOptions {
  const options: DeleteOptions = {};
  const grace = query.integer('gracePeriodSeconds');
  if (grace !== undefined) options.gracePeriodSeconds = grace;
  if (query.text('propagationPolicy')) options.propagationPolicy = query.text('propagationPolicy');
  if (query.has('orphanDependents')) options.orphanDependents = query.flag('orphanDependents');
  if (query.has('dryRun')) options.dryRun = [...query.all('dryRun')];
  return options;
}

/** The real server answers 500 to a body that it cannot decode. */
function deleteOptionsOfBody(body: string): DeleteOptions {
  try {
    const { value, duplicates } = parseJson(body);
    const given = (value ?? {}) as Record<string, string>;
    const problem = typeMetaProblem(given);
    if (problem) throw new DecodeError(problem);
    const { apiVersion = 'v1', kind = 'DeleteOptions' } = given;
    if (kind !== 'DeleteOptions') throw new DecodeError(notDeleteOptions(apiVersion, kind));
    return new ValueDecoder(duplicates).object(value, 'DeleteOptions') as DeleteOptions;
  } catch (error) {
    if (error instanceof DecodeError || error instanceof JsonSyntaxError) {
      throw new StatusError(500, '', error.message);
    }
    throw error;
  }
}

function notDeleteOptions(apiVersion: string, kind: string): string {
  const scheme = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27';
  return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "${scheme}"`;
}
