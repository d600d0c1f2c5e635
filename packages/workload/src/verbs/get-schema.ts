import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { applicationJsonSchema } from '../application/json-schema'
import type { WorkloadDeps } from '../workload-deps'

export const getSchema = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('application.schema', {
    scope: { kind: 'any' },
    run: () => Promise.resolve({ schema: applicationJsonSchema() }),
  })
