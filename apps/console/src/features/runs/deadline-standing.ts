import type { RunView } from '@fairlead/contracts/workflow'

export type DeadlineStanding = 'kept' | 'missed' | 'threatened' | 'ahead'

/** What is said of a deadline: what has happened counts before what is forecast. */
export function deadlineStanding(
  deadline: NonNullable<RunView['deadline']>,
  finishedAt: string | null,
  nowMs: number,
): DeadlineStanding {
  const atMs = Date.parse(deadline.at)
  const endMs = finishedAt === null ? nowMs : Date.parse(finishedAt)
  if (deadline.missed || endMs > atMs) return 'missed'
  if (finishedAt !== null) return 'kept'
  return deadline.forecastAt !== null && Date.parse(deadline.forecastAt) > atMs ? 'threatened' : 'ahead'
}
