// Where the test runners leave their reports, and how many tests each says passed and failed.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run-step.mjs';

export const vitestReport = '.cache/vitest.json';
export const kubectlReport = '.cache/kubectl-tests.json';
export const playwrightReport = '.cache/playwright.json';
const checkReport = '.cache/check.json';

/** Forgets an earlier run, whose numbers would otherwise stand in for a runner that crashed. */
export function removeReports() {
  for (const report of [vitestReport, kubectlReport, playwrightReport, checkReport]) {
    rmSync(join(root, report), { force: true });
  }
}

/** Keeps the names of the check's steps that failed, for npm test to count. */
export function writeFailedSteps(names) {
  const file = join(root, checkReport);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(names));
}

/** @returns {string[]} */
export function readFailedSteps() {
  return readReport(checkReport) ?? ['check'];
}

/** Answers { passed, failed }; a file that could not even be loaded counts as one failure. */
export function vitestCounts(report = readReport(vitestReport)) {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  );
  const notRun = report.numPendingTests + report.numTodoTests;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length + notRun,
  };
}

/** Answers { passed, failed }; skipped and flaky tests have not passed. */
export function playwrightCounts(report = readReport(playwrightReport)) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && report.errors.length > 0 ? 1 : failed };
}

/** Answers { passed, failed } of the tests with a real kubectl. */
export function kubectlCounts() {
  return vitestCounts(readReport(kubectlReport) ?? null);
}

function isFailed(assertion) {
  return assertion.status === 'failed';
}

function readReport(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
