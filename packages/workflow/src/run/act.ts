import { messageOf } from '@fairlead/contracts/errors'
import type { StartResult, StopResult } from '@fairlead/contracts/task-runner'
import type { EngineDeps } from './engine-deps'
import { inLanes } from './in-lanes'
import type { AttemptRow, RunRow } from './rows'

/** What became of what was asked of the runner; acting twice is acting once. */
export type ActResult =
  | { readonly kind: 'start'; readonly attempt: AttemptRow; readonly result: StartResult }
  | { readonly kind: 'stop'; readonly attempt: AttemptRow; readonly result: StopResult }

interface Acts {
  readonly run: RunRow
  readonly workflow: string
  readonly project: string
  readonly starts: readonly AttemptRow[]
  readonly stops: readonly AttemptRow[]
  /** False once the claims are too old to act on. */
  readonly mayStart: () => boolean
}

/** Calls of one pass that are open at once. */
const width = 32

export async function actOn(deps: EngineDeps, acts: Acts): Promise<readonly ActResult[]> {
  const work = [
    ...acts.stops.map((attempt) => () => stop(deps, attempt)),
    ...acts.starts.map((attempt) => () => start(deps, acts, attempt)),
  ]
  const results = await inLanes(work, width, (act) => act())
  return results.filter((result) => result !== undefined)
}

/** A start whose answer was lost may have happened: it is asked again until somebody says yes or no. */
async function start(deps: EngineDeps, acts: Acts, attempt: AttemptRow): Promise<ActResult | undefined> {
  await deps.onStep?.('start')
  if (!acts.mayStart()) return undefined
  const result = await deps.runner
    .start(
      {
        key: attempt.key,
        run: acts.run.id,
        project: acts.project,
        workflow: acts.workflow,
        task: attempt.taskId,
        index: attempt.index,
        attempt: attempt.number,
        token: attempt.token,
        specHash: attempt.specHash,
        spec: attempt.spec,
      },
      attempt.cluster,
    )
    .catch((error: unknown): StartResult => ({
      kind: 'rejected',
      permanence: 'transient',
      cause: 'api_error',
      reason: messageOf(error),
    }))
  await deps.onStep?.('started')
  return { kind: 'start', attempt, result }
}

async function stop(deps: EngineDeps, attempt: AttemptRow): Promise<ActResult> {
  await deps.onStep?.('stop')
  const result = await deps.runner
    .cancel(attempt.key, attempt.cluster)
    .catch((error: unknown): StopResult => ({ kind: 'unreachable', reason: messageOf(error) }))
  await deps.onStep?.('stopped')
  return { kind: 'stop', attempt, result }
}
