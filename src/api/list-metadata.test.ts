import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../generated/wire-schema';
import { listMetadata } from './list-metadata';

describe('list metadata', () => {
  it.each([
    ['PodSpec.containers', { mergeKey: 'name', patchStrategy: 'merge', listType: 'map' }],
    ['PodSpec.volumes', { mergeKey: 'name', patchStrategy: 'merge,retainKeys' }],
    ['Container.ports', { mergeKey: 'containerPort', mapKeys: ['containerPort', 'protocol'] }],
    ['ServiceSpec.ports', { mergeKey: 'port', mapKeys: ['port', 'protocol'] }],
    ['DeploymentSpec.strategy', { patchStrategy: 'retainKeys' }],
    ['ObjectMeta.finalizers', { patchStrategy: 'merge', listType: 'set' }],
    ['PodSpec.nodeSelector', { mapType: 'atomic' }],
    ['SecretKeySelector', { mapType: 'atomic' }],
  ])('%s', (key, expected) => {
    expect(listMetadata[key]).toMatchObject(expected);
  });

  it('leaves atomic lists and granular maps to the defaults', () => {
    expect(listMetadata['Container.args']).toBeUndefined();
    expect(listMetadata['PodSpec.tolerations']).toBeUndefined();
    expect(listMetadata['ObjectMeta.labels']).toBeUndefined();
  });

  it('names only types and fields of the wire schema, and keys that their items have', () => {
    const wrong = Object.entries(listMetadata).filter(([key, { mergeKey, mapKeys = [] }]) => {
      const [type, field] = key.split('.');
      if (field === undefined) return wireSchema.types[type] === undefined;
      const fieldType = wireSchema.types[type]?.fields[field];
      const item = wireSchema.types[fieldType?.split('@')[1] ?? ''];
      const keys = mergeKey === undefined ? mapKeys : [mergeKey, ...mapKeys];
      return fieldType === undefined || keys.some((name) => item?.fields[name] === undefined);
    });
    expect(wrong).toEqual([]);
  });
});
