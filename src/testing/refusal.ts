// Plays one object through a definition as the API server does on create, and says what it thinks.
import { FieldErrors } from '../api/field-errors';
import type { KubeObject } from '../api/object';
import type { ResourceDefinition } from '../resources/definition';

/** The complaints about a new object, as 'path: message'; none when it would be stored. */
export function refusal<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: object,
): string[] {
  const errors = new FieldErrors();
  definition.validate?.(prepared(definition, object), errors);
  return texts(errors);
}

/** The complaints about `changes` to the top level of an object's spec. */
export function refusalOfChange<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: object,
  changes: object,
): string[] {
  const old = prepared(definition, object);
  const { spec } = old as unknown as { spec: object };
  const next = { ...old, spec: { ...spec, ...changes } };
  const errors = new FieldErrors();
  definition.validate?.(next, errors);
  definition.validateUpdate?.(next, old, errors);
  return texts(errors);
}

/** The object as it would be stored, with all defaults. */
export function prepared<T extends KubeObject>(
  definition: ResourceDefinition<T>,
  object: object,
): T {
  const context = { nowMs: 0, warnings: [], random: () => 'abcde' };
  const copy = JSON.parse(JSON.stringify(object)) as T;
  copy.metadata ??= { name: 'x' } as T['metadata'];
  const filled = definition.applyDefaults?.(copy) ?? copy;
  return definition.prepareForCreate?.(filled, context) ?? filled;
}

function texts({ causes }: FieldErrors): string[] {
  return causes.map(({ field, message }) => `${field}: ${message}`);
}
