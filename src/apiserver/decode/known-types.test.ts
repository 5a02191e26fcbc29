import { describe, expect, it } from 'vitest';
import { coreWireTypes } from '../../../generated/core-wire-types';
import { moreWireTypes } from '../../../generated/more-wire-types';
import { wireSchema } from '../../../generated/wire-schema';
import { resourceDefinitions } from '../../resources';
import { typeNameOf, typeSchema } from './known-types';

describe('the types of the first chunk', () => {
  it('decode every kind that is served from the start', () => {
    const unknown = resourceDefinitions.filter(({ ref: { apiVersion, kind } }) => {
      return typeSchema(typeNameOf(apiVersion, kind)!) === undefined;
    });
    expect(unknown.map(({ ref }) => ref.kind)).toEqual([]);
  });

  it('refer to nothing beyond themselves', () => {
    const missing = Object.entries(coreWireTypes).flatMap(([name, { fields }]) =>
      Object.values(fields)
        .map((type) => type.slice(type.indexOf('@') + 1))
        .filter((type, at) => Object.values(fields)[at]!.includes('@') && !coreWireTypes[type])
        .map((type) => `${name} -> ${type}`),
    );
    expect(missing).toEqual([]);
  });

  it('are, with those of the extension, all types once', () => {
    const names = [...Object.keys(coreWireTypes), ...Object.keys(moreWireTypes)];
    expect(names.sort()).toEqual(Object.keys(wireSchema.types).sort());
  });
});
