// npm run check: everything that needs no browser, in under a minute. All steps run even when one
// fails, so that one run tells all. `--fix` formats first.

import { runStep } from './run-step.mjs';
import { vitestReport, writeFailedSteps } from './test-reports.mjs';

const tests = 'tidy, unit and simulation tests';

const steps = [
  ['generated schema is fresh', ['node', 'scripts/generate-schema.mjs']],
  ['format', ['oxfmt', '--check']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['types of the engine', ['tsc', '-p', 'tsconfig.engine.json']],
  ['types of the rest', ['tsc', '-p', 'tsconfig.json']],
  [
    tests,
    ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`],
  ],
];

if (process.argv.includes('--fix')) steps.unshift(['formatting', ['node', 'scripts/format.mjs']]);

const failed = [];
for (const [name, command] of steps) {
  const { ok } = await runStep(name, command);
  if (!ok) failed.push(name);
}
// The tests' own failures are in their report.
writeFailedSteps(failed.filter((name) => name !== tests));
if (failed.length > 0) {
  console.log(`\ncheck failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
