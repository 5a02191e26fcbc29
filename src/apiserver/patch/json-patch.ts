// JSON patch: RFC 6902. Each operation makes a new version along its path and shares the rest.
// Upstream: the patch library that apiserver/pkg/endpoints/handlers/patch.go calls.
import { StatusError, badRequest } from '../../api/status-error';
import { equalJson, isObject, setMember, type JsonObject } from './json-value';

const MAX_OPERATIONS = 10_000;

/** Throws 400 when the patch is no list of operations, 422 when one cannot be applied. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest(`error decoding patch: ${notAList(patch)}`);
  if (patch.length > MAX_OPERATIONS) throw tooManyOperations(patch.length);
  let result = target;
  for (const operation of patch) result = applyOperation(result, operation as Operation);
  return equalJson(result, target) ? target : result;
}

interface Operation {
  op?: unknown;
  path?: unknown;
  from?: unknown;
  value?: unknown;
}

function applyOperation(document: unknown, operation: Operation): unknown {
  if (!isObject(operation)) throw unprocessable();
  const path = parsePointer(operation.path);
  const { value } = operation;
  switch (operation.op) {
    case 'add':
      return edit(document, path, value, 'add');
    case 'replace':
      return edit(document, path, value, 'replace');
    case 'remove':
      return edit(document, path, undefined, 'remove');
    case 'move': {
      const from = parsePointer(operation.from);
      const moved = read(document, from);
      return edit(edit(document, from, undefined, 'remove'), path, moved, 'add');
    }
    case 'copy':
      return edit(document, path, read(document, parsePointer(operation.from)), 'add');
    case 'test':
      if (!equalJson(readOrNull(document, path), value ?? null)) throw unprocessable();
      return document;
    default:
      throw unprocessable();
  }
}

type Edit = 'add' | 'replace' | 'remove';

function edit(parent: unknown, path: readonly string[], value: unknown, how: Edit): unknown {
  if (path.length === 0) {
    if (how === 'remove') throw unprocessable();
    return value;
  }
  const [key] = path;
  const rest = path.slice(1);
  if (Array.isArray(parent)) return editList(parent, key, rest, value, how);
  if (!isObject(parent)) throw unprocessable();
  const exists = Object.hasOwn(parent, key);
  if (!exists && (rest.length > 0 || how !== 'add')) throw unprocessable();
  const result: JsonObject = { ...parent };
  if (rest.length > 0) setMember(result, key, edit(parent[key], rest, value, how));
  else if (how === 'remove') delete result[key];
  else setMember(result, key, value);
  return result;
}

function editList(
  parent: readonly unknown[],
  key: string,
  rest: readonly string[],
  value: unknown,
  how: Edit,
): unknown[] {
  const adds = how === 'add' && rest.length === 0;
  const index = adds && key === '-' ? parent.length : listIndex(key, parent.length, adds);
  if (rest.length > 0) return parent.with(index, edit(parent[index], rest, value, how));
  if (how === 'replace') return parent.with(index, value);
  return how === 'add' ? parent.toSpliced(index, 0, value) : parent.toSpliced(index, 1);
}

/** The library also counts negative indexes from the end. */
function listIndex(key: string, length: number, adds: boolean): number {
  if (!/^-?\d+$/.test(key)) throw unprocessable();
  const size = adds ? length + 1 : length;
  const index = Number(key) < 0 ? Number(key) + size : Number(key);
  if (index < 0 || index >= size) throw unprocessable();
  return index;
}

function read(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const key of path) {
    if (Array.isArray(value)) value = value[listIndex(key, value.length, false)];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else throw unprocessable();
  }
  return value;
}

/** For tests: what is missing at the end of the path equals null. */
function readOrNull(document: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return document;
  const parent = read(document, path.slice(0, -1));
  if (isObject(parent)) return parent[path.at(-1)!] ?? null;
  return read(parent, path.slice(-1)) ?? null;
}

function parsePointer(path: unknown): string[] {
  if (path === '') return [];
  if (typeof path !== 'string' || path[0] !== '/') throw unprocessable();
  const parts = path.slice(1).split('/');
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function notAList(patch: unknown): string {
  const kind = patch === null ? 'null' : isObject(patch) ? 'object' : typeof patch;
  const name = kind === 'boolean' ? 'bool' : kind;
  return `json: cannot unmarshal ${name} into Go value of type []handlers.jsonPatchOp`;
}

/** The real server keeps the library's reason to itself. */
function unprocessable(): StatusError {
  const message = 'the server rejected our request due to an error in our request';
  return new StatusError(422, 'Invalid', message, {});
}

function tooManyOperations(count: number): StatusError {
  const most = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}`;
  const message = `${most}, got ${count}`;
  return new StatusError(413, 'RequestEntityTooLarge', message);
}
