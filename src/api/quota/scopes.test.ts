import { describe, expect, it } from 'vitest';
import { persistentVolumeClaims } from '../extension-refs';
import type { ResourceQuota } from '../extension-types';
import type { KubeObject } from '../object';
import { isInScopes } from './scopes';

const changing = {
  spec: { volumeAttributesClassName: 'gold' },
  status: {
    currentVolumeAttributesClassName: 'silver',
    modifyVolumeStatus: { status: 'InProgress', targetVolumeAttributesClassName: 'bronze' },
  },
};

describe('quotas of claims by their classes of attributes', () => {
  it.each<[string, string[] | undefined, object, boolean]>([
    ['In', ['gold'], changing, true],
    ['In', ['silver'], changing, true],
    ['In', ['bronze'], changing, true],
    ['In', ['tin'], changing, false],
    ['NotIn', ['gold'], changing, true],
    ['NotIn', ['gold'], { spec: { volumeAttributesClassName: 'gold' } }, false],
    ['NotIn', ['gold'], { spec: {} }, true],
    ['Exists', undefined, changing, true],
    ['Exists', undefined, { spec: {} }, false],
    ['DoesNotExist', undefined, changing, false],
    ['DoesNotExist', undefined, { spec: {}, status: {} }, true],
  ])('%s %j', (operator, values, claim, expected) => {
    const scope = { scopeName: 'VolumeAttributesClass', operator, ...(values && { values }) };
    const quota = { spec: { scopeSelector: { matchExpressions: [scope] } } };
    const isIn = isInScopes(
      quota as unknown as ResourceQuota,
      persistentVolumeClaims.key,
      claim as unknown as KubeObject,
    );
    expect(isIn).toBe(expected);
  });
});
