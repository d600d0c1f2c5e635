import type { BackfillPlan } from '@fairlead/contracts/workflow'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { maxBackfill, planBackfill as plan, slotOf } from '../calendar/plan-backfill'
import { timesBetween } from '@fairlead/timetable/schedule'
import type { CompiledWorkflow } from '../definition/compiled'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'

export const planBackfill = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.planBackfill', {
    scope: ofWorkflow,
    run: async (context, input) => {
      const { id, versionId } = await findWorkflow(context, input)
      if (versionId === null) throw notFound('workflow')
      const { compiled } = await versions.compiledOf(versionId)
      return backfillPlan(db, { workflowId: id, compiled }, rangeOf(input))
    },
  })

export const rangeOf = (input: { readonly from: string; readonly to: string }) => ({
  from: new Date(input.from),
  to: new Date(input.to),
})

/** Tasks that one backfill creates at most: it is one transaction. */
const maxBackfillTasks = 200_000

interface Filled {
  readonly workflowId: string
  readonly compiled: CompiledWorkflow
}

/** The same in the preview and in the deed; only slots that the range can mean are looked up. */
export async function backfillPlan(
  db: Pick<WorkflowDb | WorkflowTx, 'workflowRun'>,
  { workflowId, compiled: { schedule, order } }: Filled,
  range: { readonly from: Date; readonly to: Date },
): Promise<BackfillPlan> {
  const times = schedule === null ? [] : timesBetween(schedule, range.from, range.to, maxBackfill)
  const existing = await db.workflowRun.findMany({
    where: { workflowId, slot: { in: times.map(slotOf) } },
    select: { slot: true },
  })
  const planned = plan(schedule, range, new Set(existing.flatMap(({ slot }) => slot ?? [])))
  const tasks = planned.times.filter(({ exists }) => !exists).length * order.length
  return planned.blocked === null && tasks > maxBackfillTasks
    ? {
        ...planned,
        blocked: `These runs have ${tasks} tasks, at most ${maxBackfillTasks} are possible: choose a shorter range.`,
      }
    : planned
}
