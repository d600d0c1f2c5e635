/**
 * WORKFLOW ORCHESTRATION: what happens when. definition/ reads and compiles what people wrote, rules/ are the trigger
 * rules, run/ is the engine (run/reconcile = observe → plan (pure) → act → record), calendar/ starts runs by the clock,
 * verbs/ are the doors, views/ what screens see. It never sees Kubernetes: containers run behind contracts/task-runner.
 */
import type { EntryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import { createVersions } from './run/versions'
import { applyPool } from './verbs/apply-pool'
import { applyWorkflow } from './verbs/apply-workflow'
import { approveTask } from './verbs/approve-task'
import { backfill } from './verbs/backfill'
import { cancelRun } from './verbs/cancel-run'
import { checkWorkflow } from './verbs/check-workflow'
import { clearRun } from './verbs/clear-run'
import { getCalendar } from './verbs/get-calendar'
import { getGrid } from './verbs/get-grid'
import { getLineage } from './verbs/get-lineage'
import { getLogs } from './verbs/get-logs'
import { getRun } from './verbs/get-run'
import { getSchema } from './verbs/get-schema'
import { getSource } from './verbs/get-source'
import { getTask } from './verbs/get-task'
import { getWorkflow } from './verbs/get-workflow'
import { listApprovals } from './verbs/list-approvals'
import { listIndexes } from './verbs/list-indexes'
import { listPools } from './verbs/list-pools'
import { listRuns } from './verbs/list-runs'
import { listWorkflows } from './verbs/list-workflows'
import { pauseWorkflow } from './verbs/pause-workflow'
import { planBackfill } from './verbs/plan-backfill'
import { planClear } from './verbs/plan-clear'
import { rejectTask } from './verbs/reject-task'
import { resumeWorkflow } from './verbs/resume-workflow'
import { sendEvent } from './verbs/send-event'
import { startRun } from './verbs/start-run'
import { createOutlines } from './views/outlines'
import type { VerbDeps, WorkflowDeps } from './workflow-deps'

export type WorkflowEntryName = Extract<
  EntryName,
  `workflow.${string}` | `run.${string}` | `event.${string}` | `pool.${string}` | `lineage.${string}`
>

/** Every entry of this room, for the console's composition root. */
export function workflowEntries(wired: WorkflowDeps): Entries<WorkflowEntryName> {
  const deps: VerbDeps = {
    ...wired,
    versions: createVersions(wired.db),
    outlines: createOutlines(wired.db),
  }
  return {
    'workflow.list': listWorkflows(deps),
    'workflow.get': getWorkflow(deps),
    'workflow.source': getSource(deps),
    'workflow.check': checkWorkflow(deps),
    'workflow.schema': getSchema(deps),
    'workflow.grid': getGrid(deps),
    'workflow.calendar': getCalendar(deps),
    'workflow.planBackfill': planBackfill(deps),
    'workflow.apply': applyWorkflow(deps),
    'workflow.start': startRun(deps),
    'workflow.pause': pauseWorkflow(deps),
    'workflow.resume': resumeWorkflow(deps),
    'workflow.backfill': backfill(deps),
    'run.list': listRuns(deps),
    'run.get': getRun(deps),
    'run.task': getTask(deps),
    'run.indexes': listIndexes(deps),
    'run.logs': getLogs(deps),
    'run.planClear': planClear(deps),
    'run.clear': clearRun(deps),
    'run.cancel': cancelRun(deps),
    'run.approve': approveTask(deps),
    'run.reject': rejectTask(deps),
    'run.approvals': listApprovals(deps),
    'event.send': sendEvent(deps),
    'pool.list': listPools(deps),
    'pool.apply': applyPool(deps),
    'lineage.get': getLineage(deps),
  }
}
