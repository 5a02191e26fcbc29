import { expect, test } from 'vitest';
import { FieldErrors } from '../../../api/field-errors';
import type { Container, PodSpec } from '../../../api/types';
import { storedPod } from './pod-fixture';
import { validatePod } from './pod-validation';

function complaints(spec: Partial<PodSpec>): string[] {
  const errors = new FieldErrors();
  validatePod(storedPod(spec), errors);
  return errors.causes.map(({ field, message }) => `${field}: ${message}`);
}

const main = (more: Partial<Container>): Partial<PodSpec> => ({
  containers: [{ name: 'main', image: 'nginx:1.27', ...more }],
});

test('a plain pod is in order', () => {
  expect(complaints({})).toEqual([]);
});

test.each<[string, Partial<PodSpec>]>([
  [
    'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    main({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
  ],
  [
    'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
    main({ resources: { requests: { memory: '-1' } } }),
  ],
  [
    'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
    main({ resources: { requests: { 'example.com/gpu': '1' } } }),
  ],
  [
    'spec.containers[0].ports[1].name: Duplicate value: "http"',
    main({
      ports: [
        { name: 'http', containerPort: 80 },
        { name: 'http', containerPort: 81 },
      ],
    }),
  ],
  [
    'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and ' +
      'less than terminationGracePeriodSeconds (30)',
    main({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
  ],
  [
    'spec.containers[0].volumeMounts[0].name: Not found: "data"',
    main({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
  ],
  [
    'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without ' +
      'restartPolicy=Always',
    { initContainers: [{ name: 'i', image: 'a', livenessProbe: { tcpSocket: { port: 1 } } }] },
  ],
  [
    'spec.initContainers[0].name: Duplicate value: "main"',
    { initContainers: [{ name: 'main', image: 'a' }] },
  ],
  [
    'spec.volumes[1].name: Duplicate value: "a"',
    {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'a', emptyDir: {} },
      ],
    },
  ],
  [
    'spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type',
    { volumes: [{ name: 'a', emptyDir: {}, secret: { secretName: 's' } }] },
  ],
  [
    'spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false',
    { hostUsers: false, hostNetwork: true },
  ],
  [
    'spec.schedulingGates[1]: Duplicate value: "a.test/g"',
    { schedulingGates: [{ name: 'a.test/g' }, { name: 'a.test/g' }] },
  ],
  [
    'spec.containers[0].securityContext.privileged: Forbidden: cannot be set for a windows pod',
    {
      os: { name: 'windows' },
      securityContext: {},
      ...main({ securityContext: { privileged: true } }),
    },
  ],
])('refuses: %s', (complaint, spec) => {
  expect(complaints(spec)).toEqual([complaint]);
});

test('a pod on the host network has the ports of the host', () => {
  const pod = storedPod({ hostNetwork: true, ...main({ ports: [{ containerPort: 80 }] }) });
  expect(pod.spec.containers[0].ports).toEqual([
    { containerPort: 80, hostPort: 80, protocol: 'TCP' },
  ]);
});

test('a frozen part that passed is not looked at again, one that failed is', () => {
  const good = Object.freeze([Object.freeze({ name: 'http', containerPort: 80, protocol: 'TCP' })]);
  const bad = Object.freeze([Object.freeze({ name: 'http', containerPort: 0, protocol: 'TCP' })]);
  for (let round = 0; round < 2; round++) {
    expect(complaints(main({ ports: good as never }))).toEqual([]);
    expect(complaints(main({ ports: bad as never }))).toEqual([
      'spec.containers[0].ports[0].containerPort: Required value',
    ]);
  }
});
