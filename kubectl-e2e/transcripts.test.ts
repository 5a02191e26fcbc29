// Every recorded conversation of a real kubectl with a real control plane, had again with ours. A
// new case is a new file in transcripts/. What differs is listed with its reason, to the letter: a
// transcript that comes to agree has to be taken off the list.
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDifferences } from './known-differences';
import { KubectlRunner, type Outcome, type RunOptions } from './kubectl-runner';
import { maskText } from './mask-text';

interface Transcript extends RunOptions, Outcome {
  name: string;
  serial?: boolean;
  sortLines?: boolean;
}

const folder = new URL('./transcripts/', import.meta.url);
const transcripts = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Transcript,
);

let runner: KubectlRunner;
beforeAll(async () => {
  runner = await KubectlRunner.start('--preset', 'empty');
});
afterAll(() => runner.stop());

const shown = ({ exitCode, stdout, stderr }: Outcome, { sortLines }: Transcript): Outcome => ({
  exitCode,
  stdout: maskText(stdout, sortLines),
  stderr: maskText(stderr, sortLines),
});

async function hadAgain(transcript: Transcript): Promise<Outcome> {
  return shown(await runner.run(transcript), transcript);
}

const isKnown = ({ name }: Transcript): boolean => knownDifferences.has(name);
const agreeing = transcripts.filter((transcript) => !isKnown(transcript));

describe('kubectl says what it said to a real control plane', () => {
  it.concurrent.for(agreeing.filter(({ serial }) => !serial))('$name', async (transcript) => {
    expect(await hadAgain(transcript)).toEqual(shown(transcript, transcript));
  });

  it.for(agreeing.filter(({ serial }) => serial))('$name', async (transcript) => {
    expect(await hadAgain(transcript)).toEqual(shown(transcript, transcript));
  });
});

describe('kubectl hears something else, for a known reason', () => {
  it.concurrent.for(transcripts.filter(isKnown))('$name', async (transcript) => {
    expect(await hadAgain(transcript)).not.toEqual(shown(transcript, transcript));
  });

  it('and the list of differences names only transcripts', () => {
    const names = new Set(transcripts.map(({ name }) => name));
    expect([...knownDifferences.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
