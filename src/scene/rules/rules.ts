// Which writes are told: a family of rules a file, a line each here. Where several look at the same
// writes, the one listed first is asked first.
import { actRules } from './acts';
import { batchRules } from './batch';
import { cascadeRules } from './cascade';
import { endpointRules } from './endpoints';
import { eventRules } from './events';
import { lifecycleRules } from './lifecycle';
import { namespaceRules } from './namespaces';
import { nodeRules } from './nodes';
import { podRules } from './pods';
import { programRules } from './programs';
import type { StoryFamily } from './rule';
import { rolloutRules } from './rollouts';
import { specialActRules } from './special-acts';
import { volumeRules } from './volumes';
import { workloadRules } from './workloads';

export const storyFamilies: readonly (() => StoryFamily)[] = [
  batchRules,
  cascadeRules,
  endpointRules,
  eventRules,
  lifecycleRules,
  namespaceRules,
  nodeRules,
  programRules,
  rolloutRules,
  specialActRules,
  volumeRules,
  actRules,
  podRules,
  workloadRules,
];
