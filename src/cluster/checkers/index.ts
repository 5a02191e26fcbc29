// The invariants that a simulation test holds against every run.
import type { Checker } from './checker';
import { informersEqualStore } from './informers-equal-store';
import { memoryWithinQuota } from './memory-within-quota';
import { monotonicRevisions } from './monotonic-revisions';
import { noOrphans } from './no-orphans';
import { oneNodeAPod } from './one-node-a-pod';
import { replicasConverge } from './replicas-converge';

export const checkers: readonly Checker[] = [
  monotonicRevisions,
  informersEqualStore,
  replicasConverge,
  oneNodeAPod,
  noOrphans,
  memoryWithinQuota,
];
