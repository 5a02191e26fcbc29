import { describe, expect, it } from 'vitest';
import { playwrightCounts, vitestCounts } from '../../scripts/test-reports.mjs';

describe('counting unit tests', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  };

  it('takes the runner at its word', () => {
    expect(vitestCounts(report)).toEqual({ passed: 7, failed: 0 });
    expect(vitestCounts({ ...report, numFailedTests: 2 })).toEqual({ passed: 7, failed: 2 });
  });

  it('counts what was not run, and a file that could not be loaded, as failed', () => {
    expect(vitestCounts({ ...report, numPendingTests: 1, numTodoTests: 1 }).failed).toBe(2);
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(vitestCounts({ ...report, testResults }).failed).toBe(1);
  });
});

describe('counting journeys', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };

  it('takes the runner at its word', () => {
    expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 5, failed: 0 });
    expect(playwrightCounts({ stats: { ...stats, unexpected: 1 }, errors: [] }).failed).toBe(1);
  });

  it('counts skipped and flaky ones, and an error outside of them, as failed', () => {
    expect(playwrightCounts({ stats: { ...stats, skipped: 2, flaky: 1 }, errors: [] }).failed).toBe(
      3,
    );
    expect(playwrightCounts({ stats, errors: [{ message: 'no tests found' }] }).failed).toBe(1);
  });
});
