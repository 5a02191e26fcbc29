import { defineConfig } from 'vitest/config';

const simulation = 'src/**/*.simulation.test.ts';

export default defineConfig({
  test: {
    environment: 'node',
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
