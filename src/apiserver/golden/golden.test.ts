import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { asIn136, type GoldenAnswer, type GoldenCase } from './golden-case';
import { DIFFERS_IN_136, NOT_YET } from './known-differences';
import { replay, type Stage } from './replay';

const folder = join(import.meta.dirname, 'fixtures');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replaceAll('\\', '/').replace('.json', ''))
  .toSorted();

/** A control plane with controllers and no machine, as when the answers were recorded. */
function newStage(): Stage {
  const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(5000);
  return {
    handle: (request) => cluster.handle(request),
    runFor: (ms) => cluster.clock.runFor(ms),
  };
}

function readCase(name: string): GoldenCase {
  return JSON.parse(readFileSync(join(folder, name + '.json'), 'utf8')) as GoldenCase;
}

/** Steps of a case that are known to differ, by their number. */
function knownSteps(name: string): Set<number> {
  return new Set([...(DIFFERS_IN_136[name]?.steps ?? []), ...(NOT_YET[name]?.steps ?? [])]);
}

interface Played {
  step: number;
  request: string;
  want: unknown;
  got: unknown;
}

function play(name: string): Played[] {
  const golden = readCase(name);
  const answers = replay(newStage(), golden);
  return golden.steps.map(({ request, response }, step) => ({
    step,
    request: `${step}: ${request.method ?? 'GET'} ${request.path}`,
    want: asIn136(response),
    got: asIn136(answers[step] as GoldenAnswer, response),
  }));
}

function isSame({ want, got }: Played): boolean {
  try {
    expect(got).toEqual(want);
    return true;
  } catch {
    return false;
  }
}

describe('answers are those of a real API server', () => {
  test.each(names)('%s', (name) => {
    const known = knownSteps(name);
    const played = play(name);
    for (const { request, want, got } of played.filter(({ step }) => !known.has(step))) {
      expect({ request, ...(got as object) }).toEqual({ request, ...(want as object) });
    }
    const settled = played.filter((each) => known.has(each.step) && isSame(each));
    const taken = settled.map(({ step }) => step);
    expect(taken, `${name}: take these steps off known-differences.ts`).toEqual([]);
  });

  test('the known differences name cases and steps that exist', () => {
    for (const [name, { steps }] of Object.entries({ ...DIFFERS_IN_136, ...NOT_YET })) {
      expect(names).toContain(name);
      expect(Math.max(...steps)).toBeLessThan(readCase(name).steps.length);
    }
  });
});
