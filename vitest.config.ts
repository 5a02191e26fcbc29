import { defineConfig } from 'vitest/config';

const simulation = 'src/**/*simulation.test.ts';

export default defineConfig({
  test: {
    environment: 'node',
    // Modules are shared between test files: four times as fast, and the engine must not keep state
    // in modules anyway, since several clusters live in one process.
    pool: 'threads',
    isolate: false,
    // Vitest would leave one of two cores to itself.
    maxWorkers: '100%',
    // On busy machines; what hangs is still found.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What a module becomes is kept from run to run, by its text: a tenth of the work.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest-modules' },
    projects: [
      { extends: true, test: { name: 'tidy', include: ['src/tidy/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          exclude: ['src/tidy/**', simulation],
        },
      },
      { extends: true, test: { name: 'simulation', include: [simulation] } },
    ],
  },
});
