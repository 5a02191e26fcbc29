import { expect, test } from 'vitest';
import type { Deployment, ReplicaSet } from '../../api/types';
import { newestAnnotations, REVISION, revisionOf } from './revision-annotations';

const withRevision = (revision?: string): ReplicaSet =>
  ({ metadata: { name: 'web', annotations: revision && { [REVISION]: revision } } }) as ReplicaSet;

test.each([
  [undefined, 0n],
  ['7', 7n],
  ['3546343826724305832', 3546343826724305832n],
  ['seven', 0n],
  ['', 0n],
])('the annotation %s is revision %s', (text, revision) => {
  expect(revisionOf(withRevision(text))).toBe(revision);
});

test('a revision beyond what a double can tell apart is counted on exactly', () => {
  const deployment = { metadata: { name: 'web' } } as Deployment;
  const next = revisionOf(withRevision('3546343826724305832')) + 1n;
  expect(newestAnnotations(deployment, undefined, next)).toEqual({
    [REVISION]: '3546343826724305833',
  });
  const kept = { [REVISION]: '3546343826724305833' };
  expect(newestAnnotations(deployment, kept, next)).toBe(kept);
});
