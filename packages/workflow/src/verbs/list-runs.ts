import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { inProjects, runSummaries } from '../views/run-summary'
import type { VerbDeps } from '../workflow-deps'
import { listedProjects } from './find'

export const listRuns = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.list', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const conditions = [inProjects(await listedProjects(context, input.project))]
      if (input.workflow !== undefined) conditions.push(Prisma.sql`w.name = ${input.workflow}`)
      if (input.states.length > 0) conditions.push(Prisma.sql`r.state = ANY(${input.states}::text[])`)
      if (input.before !== undefined) conditions.push(Prisma.sql`r."createdAt" < ${new Date(input.before)}`)
      return runSummaries(db, Prisma.join(conditions, ' AND '), input.limit)
    },
  })
