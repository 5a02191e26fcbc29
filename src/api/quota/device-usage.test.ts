import { describe, expect, it } from 'vitest';
import { resourceClaims } from '../extension-refs';
import type { ResourceClaim } from '../extension-types';
import { resourcesOfKind, usageOf } from './usage';

const GPU = 'gpu.deviceclass.resource.k8s.io/devices';
const NIC = 'nic.deviceclass.resource.k8s.io/devices';
const COUNT = 'count/resourceclaims.resource.k8s.io';

function claim(requests: object[]): ResourceClaim {
  return { metadata: {}, spec: { devices: { requests } } } as ResourceClaim;
}

function exactly(deviceClassName: string, rest: object = { count: 1 }): object {
  return { deviceClassName, allocationMode: 'ExactCount', ...rest };
}

describe('what claims for devices use of quotas', () => {
  it.each<[string, object[], Record<string, string>]>([
    ['one device', [{ exactly: exactly('gpu') }], { [GPU]: '1' }],
    ['nothing', [], {}],
    [
      'the sum of requests',
      [{ exactly: exactly('gpu', { count: 5 }) }, { exactly: exactly('gpu') }],
      { [GPU]: '6' },
    ],
    [
      'as many as fit into a claim, where all are wanted',
      [{ exactly: exactly('gpu', { allocationMode: 'All' }) }],
      { [GPU]: '32' },
    ],
    [
      'nothing in an unknown mode',
      [{ exactly: exactly('gpu', { allocationMode: 'x' }) }],
      { [GPU]: '0' },
    ],
    [
      'the most of each class that any alternative takes',
      [{ firstAvailable: [exactly('gpu', { count: 2 }), exactly('gpu'), exactly('nic')] }],
      { [GPU]: '2', [NIC]: '1' },
    ],
    [
      'each of its classes',
      [{ exactly: exactly('gpu') }, { exactly: exactly('nic') }],
      { [GPU]: '1', [NIC]: '1' },
    ],
  ])('charges %s', (_why, requests, expected) => {
    expect(usageOf(resourceClaims, claim(requests), 0)).toEqual({ [COUNT]: '1', ...expected });
  });

  it('knows the names that quotas have for them', () => {
    const names = [COUNT, GPU, 'count/resourceclaims', 'pods', 'requests.example.com/gpu'];
    expect(resourcesOfKind(resourceClaims, names)).toEqual([COUNT, GPU]);
  });
});
