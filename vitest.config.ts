import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const sources = ['packages/*/src', 'apps/*/src', 'infra/*/src', 'prisma', 'scripts', 'bench']

/** The simulator keeps cores busy for minutes; begun first, it runs beside tests that mostly wait for clusters. */
class SimulatorFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const simulates = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/simulator/')
    return [...sorted.filter(simulates), ...sorted.filter((file) => !simulates(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SimulatorFirst },
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
          // One more than the two seeds files, which leave none of two cores idle but when they wait for PostgreSQL.
          maxWorkers: 3,
        },
      },
    ],
  },
})
