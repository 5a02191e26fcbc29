// npm test: everything. The check, a real kubectl, the build, its sizes, and a person's journeys in
// a real Chromium. kubectl and Chromium are installed where the machine lacks them and allows it.
// Nothing is skipped: what cannot run has failed. The last line sums the tests of all runners; a
// failed step adds one to the failures.

import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { runStep } from './run-step.mjs';
import {
  kubectlCounts,
  kubectlReport,
  playwrightCounts,
  readFailedSteps,
  removeReports,
  vitestCounts,
} from './test-reports.mjs';

removeReports();

const check = await runStep('check', ['node', 'scripts/check.mjs'], { live: true });
const failedSteps = readFailedSteps();

const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${kubectlReport}`];
await runStep('kubectl, a real one', ['node', 'scripts/kubectl.mjs', ...reporters]);

const build = await runStep('build', ['vite', 'build', '--logLevel', 'warn']);
if (build.ok) {
  const sizes = await runStep('sizes of the build', ['size-limit'], { show: true });
  if (!sizes.ok) failedSteps.push('sizes of the build');
  await runJourneys();
} else {
  failedSteps.push('build');
}

const counts = [vitestCounts(), kubectlCounts(), playwrightCounts()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, failedSteps.length);
if (failedSteps.length > 0) console.log(`\nfailed steps: ${failedSteps.join(', ')}`);
process.exitCode = failed === 0 && check.ok ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);

async function runJourneys() {
  const chromium = await chromiumPath();
  if (chromium === undefined) {
    console.log(
      'No Chromium was found and none could be installed. Install Chromium or Google Chrome, or\n' +
        'set CHROMIUM_PATH to the executable, and run npm test again.',
    );
    return;
  }
  const env = { CHROMIUM_PATH: chromium };
  await runStep('journeys in Chromium', ['playwright', 'test'], { live: true, env });
}

async function chromiumPath() {
  try {
    return findChromium() ?? (await installChromium());
  } catch (error) {
    console.log(error.message);
    return undefined;
  }
}

async function installChromium() {
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const commands = debian
    ? [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      ]
    : [['playwright', 'install', 'chromium']];
  for (const command of commands) {
    await runStep(`installing Chromium: ${command.join(' ')}`, command);
  }
  return findChromium();
}
