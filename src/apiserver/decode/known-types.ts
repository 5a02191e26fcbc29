// Which types the server can decode: those of Kubernetes and those of the world.
import { wireSchema } from '../../../generated/wire-schema';
import type { TypeSchema } from '../../api/wire-schema';
import { WORLD_KINDS, WORLD_TYPES } from './world-schema';

/**
 * The type's name by apiVersion ('apps/v1') and kind; undefined when the server has no such kind.
 */
export function typeNameOf(apiVersion: string, kind: string): string | undefined {
  const key = `${apiVersion}/${kind}`;
  return wireSchema.kinds[key] ?? WORLD_KINDS[key];
}

/** Also true of lists, which travel but are never stored. */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  if (typeNameOf(apiVersion, kind) !== undefined) return true;
  return kind.endsWith('List') && typeNameOf(apiVersion, kind.slice(0, -4)) !== undefined;
}

export function typeSchema(typeName: string): TypeSchema {
  return wireSchema.types[typeName] ?? WORLD_TYPES[typeName];
}
