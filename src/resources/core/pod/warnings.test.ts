import { expect, test } from 'vitest';
import type { Container, PodSpec } from '../../../api/types';
import { storedPod } from './pod-fixture';
import { warnOfPod } from './warnings';

function warningsOf(spec: Partial<PodSpec>, prefix = ''): string[] {
  const warnings: string[] = [];
  const pod = storedPod(spec);
  warnOfPod(pod.spec, pod, prefix, warnings);
  return warnings;
}

const main = (more: Partial<Container>): Partial<PodSpec> => ({
  containers: [{ name: 'main', image: 'nginx:1.27', ...more }],
});

test.each<[string, Partial<PodSpec>]>([
  [
    'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
    { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
  ],
  [
    'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    main({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
  ],
  [
    'spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]',
    main({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
  ],
  [
    'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
    main({ resources: { requests: { memory: '100m' } } }),
  ],
  [
    'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
    {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      ],
    },
  ],
  [
    'spec.hostAliases[1].ip: duplicate ip "1.2.3.4"',
    { hostAliases: [{ ip: '1.2.3.4' }, { ip: '1.2.3.4' }] },
  ],
  [
    'spec.nodeSelector[node-role.kubernetes.io/master]: use "node-role.kubernetes.io/control-plane" instead',
    { nodeSelector: { 'node-role.kubernetes.io/master': '' } },
  ],
  [
    "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: -a is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['-a'] }] },
            },
          ],
        },
      },
    },
  ],
])('warns: %s', (warning, spec) => {
  expect(warningsOf(spec)).toEqual([warning]);
});

test('annotations that became fields are told, unless the fields are there', () => {
  const annotations = {
    'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default',
    'container.seccomp.security.alpha.kubernetes.io/main': 'runtime/default',
    'container.apparmor.security.beta.kubernetes.io/main': 'unconfined',
    'container.apparmor.security.beta.kubernetes.io/other': 'unconfined',
  };
  const told = (spec: Partial<PodSpec>): string[] => {
    const warnings: string[] = [];
    warnOfPod(storedPod(spec).spec, { metadata: { annotations } }, 'spec.template.', warnings);
    return warnings;
  };
  const at = (key: string): string => `spec.template.metadata.annotations[${key}]`;
  expect(told(main({}))).toEqual([
    `${at('seccomp.security.alpha.kubernetes.io/pod')}: non-functional in v1.27+; use the "seccompProfile" field instead`,
    `${at('container.seccomp.security.alpha.kubernetes.io/main')}: non-functional in v1.27+; use the "seccompProfile" field instead`,
    `${at('container.apparmor.security.beta.kubernetes.io/main')}: deprecated since v1.30; use the "appArmorProfile" field instead`,
  ]);
  const profiles = {
    seccompProfile: { type: 'RuntimeDefault' },
    appArmorProfile: { type: 'Unconfined' },
  } as const;
  expect(told({ ...main({ securityContext: profiles }), securityContext: profiles })).toEqual([]);
});

test('a variable that builds on its former value is meant so', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'A', value: '$(A)2' },
  ];
  expect(warningsOf(main({ env }))).toEqual([]);
});

test('in a template the path begins there', () => {
  const spec = { imagePullSecrets: [{ name: '' }] };
  expect(warningsOf(spec, 'spec.template.')).toEqual([
    'spec.template.spec.imagePullSecrets[0].name: invalid empty name ""',
  ]);
});
