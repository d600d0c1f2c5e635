import type { AnyStart, RunnerEvent, TaskRunner } from '@fairlead/contracts/task-runner'
import type { RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import type { FaultyRunner } from '@fairlead/testkit/task-runner/faulty-runner'

export interface WatchedRunner {
  readonly runner: TaskRunner
  /** What an engine should never have asked for. */
  readonly broken: readonly string[]
  /** Some engine has written this down. */
  heard(event: RunnerEvent): void
}

/** Looks over every start: its intent is committed, and its name isn't one that had ended. */
export function watchRunner(faulty: FaultyRunner, sql: RawSql, say: (line: string) => void): WatchedRunner {
  const broken: string[] = []
  const ended = new Set<string>()
  const start: TaskRunner['start'] = async (attempt, cluster) => {
    const [row] = await sql.$queryRaw<{ live: boolean }[]>(
      Prisma.sql`SELECT live FROM workflow_attempts WHERE key = ${attempt.key}`,
    )
    if (row === undefined) broken.push(`${attempt.key} is started without a committed intent`)
    const before = faulty.audit.length
    try {
      return await faulty.start(attempt, cluster)
    } finally {
      const created = faulty.audit.length > before
      say(`  start ${nameOf(attempt)}${row?.live === true ? '' : ' (over)'}${created ? ' created' : ''}`)
      if (created && (row?.live !== true || ended.has(attempt.key)))
        broken.push(`${attempt.key} is created although it is over`)
    }
  }
  return {
    runner: { ...faulty, start },
    broken,
    heard(event) {
      if (event.kind !== 'observed') return
      for (const { key, phase } of event.observations)
        if (phase === 'succeeded' || phase === 'failed') ended.add(key)
    },
  }
}

const nameOf = ({ task, index, attempt }: AnyStart): string => `${task}[${index}]#${attempt}`
