// Strategic merge patch: a merge patch that knows the types, so that lists of containers, env or
// conditions are merged item by item, steered by directives ($patch, $retainKeys,
// $deleteFromPrimitiveList, $setElementOrder). Inputs are never written to; the result shares what
// did not change and is `current` itself when nothing changes.
// Where the real one differs: it merges in place and copies whole documents first.
// Upstream: apimachinery/pkg/util/strategicpatch.
import { StatusError, badRequest } from '../../api/status-error';
import { goText } from './go-text';
import { equalJson, isObject, setMember, withoutNulls, type JsonObject } from './json-value';
import { deleteScalars, mergeList, orderList } from './list-merge';
import { planOf, type FieldPlan } from './patch-plan';

const DELETE_FROM = '$deleteFromPrimitiveList';
const SET_ORDER = '$setElementOrder';
const RETAIN_KEYS = '$retainKeys';

/** Patches an object of a type of the wire schema. Throws 400 or 500 as the server does. */
export function strategicMergePatch(
  current: JsonObject,
  patch: JsonObject,
  typeName: string | undefined,
): JsonObject {
  if ('$patch' in patch) return applyDirective(current, patch);
  const plan = planOf(typeName);
  const hasOrders = namesOrders(patch);
  let result = retainKeys(current, patch);
  for (const key in patch) {
    if (key === RETAIN_KEYS || (hasOrders && `${SET_ORDER}/${key}` in patch)) continue;
    const field = key[0] === '$' ? fieldOfDirective(key) : key;
    const old = Object.hasOwn(result, field) ? result[field] : undefined;
    const next = nextValue(old, patch, key, field, plan[field]);
    if (next === old) continue;
    if (result === current) result = { ...current };
    if (next === undefined) delete result[field];
    else setMember(result, field, next);
  }
  return result;
}

function namesOrders(patch: JsonObject): boolean {
  for (const key in patch) if (key[0] === '$' && key.startsWith(SET_ORDER)) return true;
  return false;
}

/** What becomes of one field; undefined when it goes, `old` itself when it stays. */
function nextValue(
  old: unknown,
  patch: JsonObject,
  key: string,
  field: string,
  plan: FieldPlan | undefined,
): unknown {
  const change = patch[key];
  if (key !== field) {
    return key.startsWith(DELETE_FROM)
      ? share(old, deleteScalars(old, asList(change, 'primitive list')))
      : share(old, nextInOrder(old, patch[field], change, plan));
  }
  if (change === null) return undefined;
  if (isObject(change)) {
    if (old === undefined) return withoutDirectives(withoutNulls(change));
    if (!isObject(old) || plan?.strategy === 'replace') return share(old, withoutNulls(change));
    return strategicMergePatch(old, change, plan?.typeName);
  }
  if (old === undefined) return withoutDirectives(change);
  if (Array.isArray(change) && Array.isArray(old) && plan?.strategy === 'merge') {
    return share(old, mergeList(old, change, plan, strategicMergePatch));
  }
  return share(old, change);
}

function nextInOrder(
  old: unknown,
  items: unknown,
  order: unknown,
  plan: FieldPlan | undefined,
): unknown {
  const names = asList(order, 'setElementOrder list');
  return orderList(old, items, names, plan, strategicMergePatch);
}

/** What is new has nothing to be merged into: directives go, and with them what they are about. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutDirectives).filter((item) => item !== undefined);
    return equalJson(items, value) ? value : items;
  }
  if (!isObject(value)) return value;
  if ('$patch' in value) return undefined;
  const entries = Object.entries(value)
    .filter(([key]) => !isDirective(key))
    .map(([key, member]) => [key, withoutDirectives(member)]);
  const kept = Object.fromEntries(entries.filter(([, member]) => member !== undefined));
  return equalJson(kept, value) ? value : kept;
}

function isDirective(key: string): boolean {
  return key[0] === '$' && DIRECTIVES.some((directive) => key.startsWith(directive));
}

const DIRECTIVES = [DELETE_FROM, SET_ORDER, RETAIN_KEYS];

function share(old: unknown, next: unknown): unknown {
  return equalJson(old, next) ? old : next;
}

function applyDirective(current: JsonObject, patch: JsonObject): JsonObject {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'replace') return share(current, rest) as JsonObject;
  if (directive === 'delete') return share(current, {}) as JsonObject;
  const message = `unknown patch type: ${goText(directive)} in map: ${goText(patch)}`;
  throw new StatusError(500, '', message);
}

/** Drops the members that `$retainKeys` does not name. */
function retainKeys(current: JsonObject, patch: JsonObject): JsonObject {
  if (!(RETAIN_KEYS in patch)) return current;
  const kept = new Set(asList(patch[RETAIN_KEYS], 'retainKeys'));
  for (const key in patch) {
    if (patch[key] === null || key[0] === '$' || kept.has(key)) continue;
    throw badFormat('retainKeys');
  }
  const dropped = Object.keys(current).filter((key) => !kept.has(key));
  if (dropped.length === 0) return current;
  const result = { ...current };
  for (const key of dropped) delete result[key];
  return result;
}

/**
 * '$setElementOrder/containers' is about containers; another name with a dollar is a plain field.
 */
function fieldOfDirective(key: string): string {
  for (const [directive, what] of LIST_DIRECTIVES) {
    if (!key.startsWith(directive)) continue;
    if (key[directive.length] !== '/') throw badFormat(what);
    return key.slice(directive.length + 1);
  }
  return key;
}

const LIST_DIRECTIVES = [
  [DELETE_FROM, 'primitive list'],
  [SET_ORDER, 'setElementOrder list'],
] as const;

function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badFormat(what);
}

function badFormat(what: string): StatusError {
  return badRequest(`invalid patch format of ${what}`);
}
