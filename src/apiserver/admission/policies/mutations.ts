// What the two sorts of mutations do to an object: an apply configuration is merged by the shape of
// the type, as server-side apply does it but without ownership, and must not touch what can only be
// replaced as a whole; a JSON patch is applied unless one of its tests fails.
// Upstream: apiserver/pkg/admission/plugin/policy/mutating/patch.
import type { KubeObject } from '../../../api/object';
import { internalError, StatusError } from '../../../api/status-error';
import { kindOf } from '../../fieldmanager/list-items';
import { mergeObjects } from '../../fieldmanager/merge-objects';
import { describeElement, fieldElement } from '../../fieldmanager/path-element';
import { DEDUCED, type Shape } from '../../fieldmanager/shape';
import { shapeProblem } from '../../fieldmanager/validate-shape';
import { applyPatch } from '../../patch/apply-patch';
import { isObject, type JsonObject } from '../../patch/json-value';

/** Why a mutation cannot be made. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

/** Throws PatchError. */
export function mergeConfiguration(
  object: KubeObject,
  given: JsonObject,
  shape: Shape = DEDUCED,
): KubeObject {
  const { apiVersion, kind } = object;
  const configuration = { ...given, apiVersion, kind };
  const problem = shapeProblem(configuration, shape);
  if (problem !== undefined) {
    const words = `failed to convert patch object to typed object: ${problem}`;
    throw new PatchError(`error applying patch: ${words}`);
  }
  const atomics = atomicsIn(configuration, shape, '');
  if (atomics.length > 0) {
    const words = `may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`;
    throw new PatchError(`error applying patch: invalid ApplyConfiguration: ${words}`);
  }
  return mergeObjects(object, configuration, shape) as KubeObject;
}

/** The paths of what the configuration could only replace. */
function atomicsIn(value: unknown, shape: Shape, path: string): string[] {
  if (value === undefined || value === null) return [];
  const kind = kindOf(shape, value);
  if (kind === 'map' && isObject(value)) {
    const { isAtomic, field, element } = shape.map!;
    const within = Object.entries(value).flatMap(([name, member]) => {
      const memberShape = field(name) ?? element;
      if (!memberShape) return [];
      return atomicsIn(member, memberShape, path + describeElement(fieldElement(name)));
    });
    return isAtomic ? [path, ...within] : within;
  }
  if (kind === 'list' && Array.isArray(value)) {
    const { isAtomic, element } = shape.list!;
    const within = value.flatMap((item, at) => atomicsIn(item, element, `${path}[${at}]`));
    return isAtomic ? [path, ...within] : within;
  }
  return [];
}

/** Throws PatchError; StatusError when what comes out is no object of its type. */
export function applyJsonPatch(
  object: KubeObject,
  operations: readonly JsonObject[],
  shape: Shape = DEDUCED,
): KubeObject {
  let result = object;
  for (const operation of operations) {
    try {
      result = applyPatch('json', result, [operation]);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (operation.op === 'test') return object;
      throw new PatchError(`JSON Patch: ${problemOf(operation, result)}`);
    }
  }
  const problem = result === object ? undefined : shapeProblem(result, shape, true);
  if (problem !== undefined) throw internalError(problem);
  return result;
}

function problemOf({ op, path, from }: JsonObject, object: KubeObject): string {
  const place = String(path);
  const steps = place.split('/').slice(1);
  const key = steps.pop() ?? '';
  const parent = steps.reduce<unknown>(
    (value, step) =>
      (value as JsonObject | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
    object,
  );
  const hasParent = typeof parent === 'object' && parent !== null;
  switch (op) {
    case 'add':
      return `add operation does not apply: doc is missing path: "${place}": missing value`;
    case 'replace': {
      const what = hasParent ? 'key' : 'path';
      return `replace operation does not apply: doc is missing ${what}: ${place}: missing value`;
    }
    case 'remove':
      return hasParent
        ? `error in remove for path: '${place}': ` +
            `Unable to remove nonexistent key: ${key}: missing value`
        : `remove operation does not apply: doc is missing path: "${place}": missing value`;
    case 'move':
    case 'copy': {
      const source = String(from);
      return `${op} operation does not apply: doc is missing from path: ${source}: missing value`;
    }
    default:
      return `Unexpected kind: ${String(op)}`;
  }
}
