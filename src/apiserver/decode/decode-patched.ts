// What a patch from outside made must still be an object of the kind: the check before it is
// stored.
// Upstream: apiserver/pkg/endpoints/handlers/patch.go.
import type { KubeObject } from '../../api/object';
import { StatusError } from '../../api/status-error';
import type { PatchType } from '../../client/transport';
import { goText } from '../patch/go-text';
import type { JsonObject } from '../patch/json-value';
import {
  settleComplaints,
  unregisteredKind,
  type ExpectedKind,
  type FieldValidation,
} from './decode-object';
import { DecodeError, ValueDecoder } from './decode-value';
import { typeNameOf } from './known-types';
import { typeMetaProblem } from './type-meta';

/**
 * The patched object decoded as `expected`. Throws 422 with the patch's result and what is wrong.
 */
export function decodePatched(
  patched: object,
  expected: ExpectedKind,
  validation: FieldValidation,
  warnings: string[],
  patchType: PatchType,
  patch: unknown,
): KubeObject {
  try {
    return decode(patched as JsonObject, expected, validation, warnings);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (patchType === 'apply') throw cannotBeConverted(patch, expected, error.message);
    const shown = patchType === 'strategic' ? goText(patch) : JSON.stringify(sortedTop(patched));
    throw invalidPatch(shown, error.message);
  }
}

function decode(
  patched: JsonObject,
  expected: ExpectedKind,
  validation: FieldValidation,
  warnings: string[],
): KubeObject {
  const problem = typeMetaProblem(patched);
  if (problem) throw new DecodeError(problem);
  const { apiVersion = expected.apiVersion, kind = expected.kind } =
    patched as Partial<ExpectedKind>;
  const typeName = typeNameOf(apiVersion, kind);
  const isExpected = kind === expected.kind && apiVersion === expected.apiVersion;
  if (expected.custom && isExpected) {
    const { object, complaints } = expected.custom.decode(patched, new Map());
    settleComplaints(complaints, validation, warnings);
    return { ...(object as KubeObject), apiVersion, kind };
  }
  if (typeName === undefined) throw new DecodeError(unregisteredKind({ apiVersion, kind }));
  const decoder = new ValueDecoder(new Map());
  const object = decoder.object(patched, typeName);
  if (!isExpected) {
    throw new DecodeError(`unable to convert ${kind} into ${expected.kind}`);
  }
  settleComplaints(decoder.complaints, validation, warnings);
  return { ...(object as unknown as KubeObject), apiVersion, kind };
}

/** What was applied had the right shape, but a text in it is no quantity, time or number. */
function cannotBeConverted(patch: unknown, expected: ExpectedKind, why: string): StatusError {
  const { apiVersion, kind } = expected;
  const { metadata } = patch as Partial<KubeObject>;
  const group = apiVersion.includes('/') ? apiVersion : '/' + apiVersion;
  const what = `${group}, Kind=${kind}`;
  const about = `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}; ${what}`;
  const reason = `unable to convert unstructured object to ${what}: ${why}`;
  const version = 'to proper version';
  return new StatusError(500, '', `failed to convert new object (${about}) ${version}: ${reason}`);
}

/** The server shows the document with its top level sorted. */
function sortedTop(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function invalidPatch(shown: string, why: string): StatusError {
  const message = `Invalid value: ${JSON.stringify(shown)}: ${why}`;
  return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
    causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
  });
}
