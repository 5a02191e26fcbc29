import { defineConfig } from 'vitest/config';

// Apart from the other tests: it needs a real kubectl and takes minutes. See scripts/kubectl.mjs.
export default defineConfig({
  test: {
    include: ['kubectl-e2e/**/*.test.ts'],
    maxWorkers: 2,
    maxConcurrency: 3,
    testTimeout: 60_000,
  },
});
