// managedFields, decoded: who owns which fields, by manager. A manager is told apart by its name,
// operation and subresource, and by the version for all but appliers.
// Upstream: apimachinery/pkg/util/managedfields/internal/managedfields.go.
import type { ManagedFieldsEntry } from '../../api/object';
import { fromFieldsV1, toFieldsV1, type FieldSet } from './field-set';

export type Operation = 'Apply' | 'Update';

/** What one manager owns, in the fields of one version. */
export interface Ownership {
  readonly manager: string;
  readonly operation: Operation;
  readonly subresource: string;
  readonly apiVersion: string;
  readonly set: FieldSet;
  /** RFC 3339; entries of managers that never changed a value have none. */
  readonly time: string | undefined;
}

/** By identity. */
export type Managed = ReadonlyMap<string, Ownership>;

type Identity = Pick<Ownership, 'manager' | 'operation' | 'subresource' | 'apiVersion'>;

/** What tells a manager apart; sorts as upstream's identifiers do. */
export function identityOf({ manager, operation, subresource, apiVersion }: Identity): string {
  return JSON.stringify({
    manager: manager || undefined,
    operation,
    apiVersion: operation === 'Apply' ? undefined : apiVersion,
    subresource: subresource || undefined,
  });
}

export function managedOf(ownerships: Iterable<Ownership>): Map<string, Ownership> {
  const managed = new Map<string, Ownership>();
  for (const ownership of ownerships) managed.set(identityOf(ownership), ownership);
  return managed;
}

/** The entries that the server keeps, which are valid. */
export function decodeStored(entries: readonly ManagedFieldsEntry[] | undefined): Managed {
  return (entries && decodeManaged(entries)) ?? EMPTY;
}

const EMPTY: Managed = new Map();

/** Entries from a client; undefined when one of them is not valid. */
export function decodeManaged(entries: readonly ManagedFieldsEntry[]): Managed | undefined {
  const managed = new Map<string, Ownership>();
  for (const { manager = '', operation, apiVersion, time, ...rest } of entries) {
    if (operation !== 'Apply' && operation !== 'Update') return undefined;
    if (!apiVersion || rest.fieldsType !== 'FieldsV1') return undefined;
    const { subresource = '' } = rest;
    try {
      const set = fromFieldsV1(rest.fieldsV1);
      const ownership = { manager, operation, subresource, apiVersion, set, time } as const;
      managed.set(identityOf(ownership), ownership);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return undefined;
    }
  }
  return managed;
}

/** As entries, sorted as the server sorts them; undefined when there are none. */
export function encodeManaged(managed: Managed): ManagedFieldsEntry[] | undefined {
  return encodeOwnerships([...managed.values()]);
}

/** The same of owners of whom no two are the same. */
export function encodeOwnerships(owners: readonly Ownership[]): ManagedFieldsEntry[] | undefined {
  if (owners.length === 0) return undefined;
  return owners.toSorted(compareOwnerships).map(encodeOwnership);
}

export function encodeOwnership(ownership: Ownership): ManagedFieldsEntry {
  const { manager, operation, apiVersion, time, set, subresource } = ownership;
  return {
    ...(manager && { manager }),
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(set),
    ...(subresource && { subresource }),
  };
}

/** Times of one form compare as texts. */
function compareOwnerships(a: Ownership, b: Ownership): number {
  return (
    compareTexts(a.operation, b.operation) ||
    compareTexts(a.time ?? '', b.time ?? '') ||
    compareTexts(a.manager, b.manager) ||
    compareTexts(a.apiVersion, b.apiVersion) ||
    compareTexts(a.subresource, b.subresource)
  );
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** True of `[]` and `[{}]`, by which a client has all ownership forgotten. */
export function isReset(entries: readonly ManagedFieldsEntry[] | undefined): boolean {
  if (!entries) return false;
  if (entries.length === 0) return true;
  return entries.length === 1 && Object.keys(entries[0]).length === 0;
}
