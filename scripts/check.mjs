// npm run check: everything that needs no browser, in under a minute. All steps run even when one
// fails, so that one run tells all. `--fix` formats first.

import { nodeOptions } from './room-for-young.mjs';
import { runStep } from './run-step.mjs';
import { vitestReport, writeFailedSteps } from './test-reports.mjs';

const tests = 'tidy, unit and simulation tests';

// Two rows of steps, beside each other: the tests leave some of the second core to spare.
const rows = [
  [
    [
      tests,
      ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`],
    ],
  ],
  [
    ['format', ['oxfmt', '--check']],
    ['types of the engine', ['tsc', '-p', 'tsconfig.engine.json']],
    ['types of the rest', ['tsc', '-p', 'tsconfig.json']],
    ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ],
];

const failed = [];

// All are short-lived: they need not keep their memory small.
const env = {
  GOGC: '400',
  GOMEMLIMIT: '2GiB',
  NODE_OPTIONS: nodeOptions,
};

async function runRow(steps) {
  for (const [name, command] of steps) {
    const { ok } = await runStep(name, command, { env });
    if (!ok) failed.push(name);
  }
}

if (process.argv.includes('--fix')) await runRow([['formatting', ['node', 'scripts/format.mjs']]]);
// All others read it.
await runRow([['generated schema is fresh', ['node', 'scripts/generate-schema.mjs']]]);
await Promise.all(rows.map(runRow));
// The tests' own failures are in their report.
writeFailedSteps(failed.filter((name) => name !== tests));
if (failed.length > 0) {
  console.log(`\ncheck failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
