import { defineConfig } from 'vitest/config'

const sources = ['packages/*/src', 'apps/*/src', 'infra/*/src', 'prisma', 'scripts', 'bench']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: sources.flatMap((folder) => [`${folder}/**/*.test.ts`, `${folder}/**/*.test.tsx`]),
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // Fences run whole tools; a busy machine makes them wait, which is no failure.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/**/*.integration.test.ts`),
          exclude: ['**/node_modules/**'],
          globalSetup: [
            'packages/testkit/src/services-setup.ts',
            'packages/testkit/src/cluster-setup.ts',
            'packages/testkit/src/airflow-setup.ts',
          ],
          // Tests wait for conditions; these only end one that waits for ever.
          testTimeout: 180_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
