import type { AttemptView } from '@fairlead/contracts/workflow'
import { failureCauses, type FailureCause } from '@fairlead/contracts/task-runner'
import type { AttemptState } from '@fairlead/contracts/workflow-states'

interface AttemptRow {
  readonly key: string
  readonly number: number
  readonly state: string
  readonly live: boolean
  readonly cause: string | null
  readonly reason: string
  readonly observedReason: string
  readonly stopReason: string
  readonly exitCode: number | null
  readonly cluster: string
  readonly place: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly spec: unknown
  readonly upkeep: string
  readonly upkeepReason: string
}

const causeOf = (text: string | null): FailureCause | null =>
  text !== null && text in failureCauses ? (text as FailureCause) : null

/** `archived`: whether chunks of its logs are kept. */
export const attemptView = (row: AttemptRow, archived: boolean): AttemptView => ({
  number: row.number,
  key: row.key,
  state: row.state as AttemptState,
  cause: causeOf(row.cause),
  reason: row.reason || row.stopReason || row.observedReason,
  exitCode: row.exitCode,
  cluster: row.cluster,
  place: row.place,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  spec: row.spec as Readonly<Record<string, unknown>>,
  logs: logsOf(row, archived),
  upkeep: row.upkeepReason === '' ? row.upkeep : `${row.upkeep}: ${row.upkeepReason}`,
})

/** Until upkeep is done they stand where the attempt ran; afterwards only what was archived is left. */
export function logsOf(
  row: Pick<AttemptRow, 'state' | 'live' | 'upkeep'>,
  archived: boolean,
): AttemptView['logs'] {
  if (archived && !row.live) return 'archived'
  if (row.state === 'intended') return 'none'
  return row.live || row.upkeep === 'archive' || row.upkeep === 'kill' ? 'live' : 'none'
}
