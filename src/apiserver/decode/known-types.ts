// Which types the server can decode: those of the first kinds and of the world, and those that the
// extension brings, once for all servers: they are Kubernetes' own and never change.
import { coreWireTypes } from '../../../generated/core-wire-types';
import { wireKinds } from '../../../generated/wire-kinds';
import type { TypeSchema, WireSchema } from '../../api/wire-schema';
import { WORLD_KINDS, WORLD_TYPES } from './world-schema';

let more: WireSchema['types'] = {};

/** From now on these are known, too. */
export function learnTypes(types: WireSchema['types']): void {
  more = types;
}

/**
 * The type's name by apiVersion ('apps/v1') and kind; undefined when the server has no such kind.
 */
export function typeNameOf(apiVersion: string, kind: string): string | undefined {
  const key = `${apiVersion}/${kind}`;
  return wireKinds[key] ?? WORLD_KINDS[key];
}

/** Also true of lists, which travel but are never stored. */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  if (typeNameOf(apiVersion, kind) !== undefined) return true;
  return kind.endsWith('List') && typeNameOf(apiVersion, kind.slice(0, -4)) !== undefined;
}

export function typeSchema(typeName: string): TypeSchema {
  return coreWireTypes[typeName] ?? more[typeName] ?? WORLD_TYPES[typeName];
}
