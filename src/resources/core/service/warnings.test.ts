import { expect, test } from 'vitest';
import type { Service } from '../../../api/types';
import { warnOfService } from './warnings';

function warningsOf(spec: Partial<Service['spec']>, annotations = {}): string[] {
  const warnings: string[] = [];
  const whole = { type: 'ClusterIP', clusterIP: '10.96.0.7', sessionAffinity: 'None', ...spec };
  warnOfService({ metadata: { name: 'web', annotations }, spec: whole } as Service, warnings);
  return warnings;
}

test.each<[string, Partial<Service['spec']>, string[]]>([
  ['nothing of a plain service', {}, []],
  [
    'what a headless service ignores',
    {
      clusterIP: 'None',
      loadBalancerIP: '1.2.3.4',
      externalIPs: ['1.2.3.4'],
      sessionAffinity: 'ClientIP',
    },
    [
      'spec.loadBalancerIP is ignored for headless services',
      'spec.externalIPs is ignored for headless services',
      'spec.SessionAffinity is ignored for headless services',
    ],
  ],
  [
    'external addresses',
    { externalIPs: ['1.2.3.4'] },
    ['spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
  ],
  [
    'what a name alone ignores',
    { type: 'ExternalName', externalIPs: ['1.2.3.4'], externalName: 'a.example' },
    ['spec.externalIPs is ignored when spec.type is "ExternalName"'],
  ],
  [
    'a name of another type',
    { externalName: 'a.example' },
    ['spec.externalName is ignored when spec.type is not "ExternalName"'],
  ],
  [
    'the old word for the same zone',
    { trafficDistribution: 'PreferClose' },
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
])('tells %s', (_what, spec, warnings) => {
  expect(warningsOf(spec)).toEqual(warnings);
});

test('tells the old name of topology hints', () => {
  const old = 'service.kubernetes.io/topology-aware-hints';
  expect(warningsOf({}, { [old]: 'auto' })).toEqual([
    `annotation ${old} is deprecated, please use service.kubernetes.io/topology-mode instead`,
  ]);
});
