import { expect, test } from 'vitest';
import type { Node, Pod } from '../api/types';
import { PodAdmission } from './pod-admission';

const node = {
  metadata: { name: 'n1' },
  spec: {},
  status: { allocatable: { pods: '110', cpu: '4', memory: '8Gi' } },
} as unknown as Node;

function podOn(hostPort: number, more: { hostIP?: string; protocol?: string } = {}): Pod {
  const ports = [{ containerPort: 80, hostPort, ...more }];
  const spec = { containers: [{ name: 'main', image: 'app:1', ports }] };
  return { metadata: { name: 'p', annotations: {} }, spec, status: {} } as unknown as Pod;
}

const REFUSAL = {
  reason: 'NodePorts',
  message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
};

test.each<[string, Pod, boolean]>([
  ['the same port', podOn(21017), false],
  ['the same port on one address', podOn(21017, { hostIP: '10.0.0.1' }), false],
  ['another port', podOn(21018), true],
  ['the same port of another protocol', podOn(21017, { protocol: 'UDP' }), true],
])('beside a pod that has a host port, %s', (_, pod, fits) => {
  const admission = new PodAdmission();
  expect(admission.admit(podOn(21017), node)).toBeUndefined();
  expect(admission.admit(pod, node)).toEqual(fits ? undefined : REFUSAL);
});

test('two addresses of the node have their own ports', () => {
  const admission = new PodAdmission();
  expect(admission.admit(podOn(80, { hostIP: '10.0.0.1' }), node)).toBeUndefined();
  expect(admission.admit(podOn(80, { hostIP: '10.0.0.2' }), node)).toBeUndefined();
  expect(admission.admit(podOn(80, { hostIP: '10.0.0.2' }), node)).toEqual(REFUSAL);
});

test('a host port is free again once its pod is gone', () => {
  const admission = new PodAdmission();
  const pod = podOn(21017);
  admission.admit(pod, node);
  admission.release(pod);
  expect(admission.admit(podOn(21017), node)).toBeUndefined();
});
