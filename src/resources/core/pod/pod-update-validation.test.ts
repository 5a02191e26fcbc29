import { expect, test } from 'vitest';
import { FieldErrors } from '../../../api/field-errors';
import type { PodSpec } from '../../../api/types';
import { storedPod } from './pod-fixture';
import { validatePodUpdate } from './pod-update-validation';

const FIXED =
  'spec: Forbidden: pod updates may not change fields other than ' +
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec' +
  '.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` ' +
  '(allow it to be set to 1 if it was previously negative)\n';

function complaints(change: Partial<PodSpec>, start: Partial<PodSpec> = {}): string[] {
  const old = storedPod(start);
  const next = { ...old, spec: { ...old.spec, ...change } };
  const errors = new FieldErrors();
  validatePodUpdate(next, old, errors);
  return errors.causes.map(({ field, message }) => `${field}: ${message}`);
}

const { containers } = storedPod().spec;

test.each<[string, Partial<PodSpec>, Partial<PodSpec>]>([
  ['an image', { containers: [{ ...containers[0], image: 'nginx:1.28' }] }, {}],
  ['a deadline, set', { activeDeadlineSeconds: 10 }, {}],
  ['a deadline, shortened', { activeDeadlineSeconds: 5 }, { activeDeadlineSeconds: 10 }],
  ['tolerations, added', { tolerations: [{ operator: 'Exists' }] }, {}],
  ['gates, removed', { schedulingGates: [] }, { schedulingGates: [{ name: 'a.test/x' }] }],
  [
    'where a gated pod goes',
    { nodeSelector: { a: 'b' } },
    { schedulingGates: [{ name: 'a.test/x' }] },
  ],
])('allows to change %s', (_what, change, start) => {
  expect(complaints(change, start)).toEqual([]);
});

test('shows what else was changed as a difference', () => {
  const [complaint] = complaints({ restartPolicy: 'Never' });
  expect(complaint.startsWith(FIXED)).toBe(true);
  expect(complaint.slice(FIXED.length).replace(/^@@.*\n/, '')).toBe(
    '     }\n   ],\n   "EphemeralContainers": null,\n-  "RestartPolicy": "Always",\n' +
      '+  "RestartPolicy": "Never",\n   "TerminationGracePeriodSeconds": 30,\n' +
      '   "ActiveDeadlineSeconds": null,\n   "DNSPolicy": "ClusterFirst",\n',
  );
});

test.each<[string, Partial<PodSpec>, Partial<PodSpec>]>([
  [
    'spec.containers: Forbidden: pod updates may not add or remove containers',
    { containers: [] },
    {},
  ],
  [
    'spec.containers[0].image: Required value',
    { containers: [{ ...containers[0], image: '' }] },
    {},
  ],
  [
    'spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value',
    { activeDeadlineSeconds: 20 },
    { activeDeadlineSeconds: 10 },
  ],
  [
    'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    { tolerations: [] },
    { tolerations: [{ key: 'a', operator: 'Exists' }] },
  ],
  [
    "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b.test/x'",
    { schedulingGates: [{ name: 'b.test/x' }] },
    {},
  ],
])('refuses: %s', (complaint, change, start) => {
  expect(complaints(change, start)).toEqual([complaint]);
});
