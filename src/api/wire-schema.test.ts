import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../generated/wire-schema';
import { elementType, fieldSchema, kindSchema } from './wire-schema';

describe('the generated wire schema', () => {
  it('holds every kind that a default API server of 1.36 takes, bodies of subresources too', () => {
    const kinds = Object.keys(wireSchema.kinds);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'v1/Pod',
        'apps/v1/Deployment',
        'autoscaling/v2/HorizontalPodAutoscaler',
      ]),
    );
    expect(kinds).toEqual(
      expect.arrayContaining([
        'v1/Binding',
        'policy/v1/Eviction',
        'autoscaling/v1/Scale',
        'authentication.k8s.io/v1/TokenRequest',
        'v1/DeleteOptions',
      ]),
    );
    expect(kinds.filter((kind) => /\/v\d+(alpha|beta)/.test(kind))).toEqual([]);
  });

  it.each([
    ['PodSpec', 'containers', '[@Container'],
    ['PodSpec', 'nodeSelector', '{s'],
    ['PodSpec', 'hostNetwork', 'b'],
    ['PodSpec', 'terminationGracePeriodSeconds', 'l'],
    ['DeploymentSpec', 'replicas', 'i'],
    ['ObjectMeta', 'creationTimestamp', 't'],
    ['LeaseSpec', 'renewTime', 'T'],
    ['ResourceRequirements', 'limits', '{q'],
    ['ServicePort', 'targetPort', 'x'],
    ['Secret', 'data', '{y'],
    ['ManagedFieldsEntry', 'fieldsV1', 'o'],
    ['EmptyDirVolumeSource', 'sizeLimit', 'q'],
    ['JSONSchemaProps', 'multipleOf', 'n'],
    ['JSONSchemaProps', '$ref', 's'],
    ['NetworkPolicyIngressRule', 'from', '[@NetworkPolicyPeer'],
  ])('%s.%s is %s', (type, field, expected) => {
    expect(wireSchema.types[type].fields[field]).toBe(expected);
  });

  it('mentions only types that it defines', () => {
    const dangling = Object.values(wireSchema.types)
      .flatMap((type) => Object.values(type.fields))
      .filter((type) => type.includes('@') && fieldSchema(wireSchema, type) === undefined);
    expect(dangling).toEqual([]);
  });

  it('states required fields without apiVersion and kind', () => {
    expect(kindSchema(wireSchema, 'v1', 'Binding')?.required).toEqual(['target']);
    expect(kindSchema(wireSchema, 'v1', 'Pod')?.required).toBeUndefined();
  });

  it('keeps kinds of the same name apart', () => {
    expect(kindSchema(wireSchema, 'v1', 'Event')?.fields).toHaveProperty('involvedObject');
    expect(kindSchema(wireSchema, 'events.k8s.io/v1', 'Event')?.fields).toHaveProperty('regarding');
    expect(kindSchema(wireSchema, 'example.com/v1', 'Event')).toBeUndefined();
  });
});

describe('elementType', () => {
  it.each([
    ['[@Container', '@Container'],
    ['{[s', '[s'],
    ['@Container', undefined],
    ['s', undefined],
  ])('of %s is %s', (type, expected) => {
    expect(elementType(type)).toBe(expected);
  });
});
