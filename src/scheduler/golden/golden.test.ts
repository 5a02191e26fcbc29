import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playControllers, type ControllerCase } from '../../testing/golden-controllers';
import { oursAsOf128, recordedAsOf136, type Rewording } from '../../testing/golden-differences';
import type { GoldenSnapshot } from '../../testing/golden-snapshot';

const folder = new URL('.', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ControllerCase);

/** What the scheduler of 1.36 words otherwise. */
const REWORDED: readonly Rewording[] = [
  // 1.34: dynamic resource allocation has its say about preemption; one full stop is enough.
  [/ preemption: (.*?)\.\./g, ' no new claims to deallocate, preemption: $1.'],
  // 1.35: taints are not told one by one, so that one reason stands for all nodes.
  [/1 (node\(s\) had untolerated taint) \{[^}]*\}, 1 \1 \{[^}]*\}/g, '2 $1(s)'],
  // 1.29: the victim is told which pod it had to make room for.
  ['Preempted by a pod', 'Preempted by pod <uid>'],
];

/** What it does otherwise in one case. */
const DIFFERENT: Record<string, readonly Rewording[]> = {
  // 1.32: what no empty node could hold is not tried by preemption.
  'c-sched-resources': [
    [
      /2 No preemption victims found for incoming pod/g,
      '2 Preemption is not helpful for scheduling',
    ],
  ],
  // 1.32 (queueing hints): a pod that no plugin rejected is tried again after its backoff, and its
  // status has changed since the first Event.
  'c-sched-no-nodes': [['"objects":1', '"objects":2']],
  // 1.35: a pod that is bound is nominated for no node any longer.
  'c-sched-preempt': [['"nominatedNodeName":"gn1",', '']],
};

test.each(cases.map((golden) => [golden.name, golden.why, golden] as const))(
  '%s: %s',
  (name, _why, golden) => {
    const played = playControllers(golden);
    for (const { snapshot, result } of golden.actions) {
      if (!snapshot) continue;
      const rewordings = [...REWORDED, ...(DIFFERENT[name] ?? [])];
      const recorded = recordedAsOf136(result as GoldenSnapshot, rewordings);
      expect({ [snapshot]: oursAsOf128(played.get(snapshot)!) }).toEqual({ [snapshot]: recorded });
    }
  },
);
