import type { AttemptObservation, AttemptStart } from '@fairlead/contracts/task-runner'
import type { Fault } from './faults'
import { isEnd, observationOf, type TaskEnd } from './in-process-runner'

/** What becomes of an attempt, decided when it is created. */
export interface Script extends TaskEnd {
  /** From creation until it runs; default 0. */
  readonly startMs?: number
  /** From then until it ends; null: never by itself. Default 0. */
  readonly runMs?: number | null
  readonly lines?: readonly string[]
}

/** One thing that existed under a key: what a simulator asks about afterwards. */
export interface AuditLine {
  readonly attempt: AttemptStart
  readonly cluster: string
  readonly uid: string
  readonly createdAt: Date
  /** When it stopped running, whatever the reason; null while it lives. */
  endedAt: Date | null
  /** Some observer was told of its end, or of its absence. */
  told: boolean
  /** Created by a request that whoever asked had given up. */
  readonly late: boolean
}

/** Chance and time, shared by all clusters of one runner. */
export interface Dice {
  now(): Date
  chance(fault: Fault): boolean
  random(): number
  between(leastMs: number, mostMs: number): number
  script(attempt: AttemptStart): Script
  nextUid(): string
}

export interface Real {
  readonly attempt: AttemptStart
  readonly script: Script
  readonly line: AuditLine
  seen: AttemptObservation
  /** When its next phase begins. */
  dueAt: number
  stopping: boolean
}

/** What truly exists in one cluster, whoever knows of it. */
export interface FaultyWorld {
  readonly real: ReadonlyMap<string, Real>
  create(attempt: AttemptStart, late: boolean): void
  /** Its next phase; says what happened. */
  advance(real: Real): string
  stop(key: string): 'gone' | 'stopping'
  end(real: Real, end: TaskEnd): void
  remove(real: Real): void
  living(): readonly Real[]
}

interface Audit {
  readonly cluster: string
  readonly lines: AuditLine[]
}

export function createFaultyWorld(
  dice: Dice,
  { cluster, lines }: Audit,
  tell: (seen: AttemptObservation) => void,
): FaultyWorld {
  const real = new Map<string, Real>()
  const ms = (): number => dice.now().getTime()

  const change = (each: Real, seen: Partial<AttemptObservation>): void => {
    each.seen = { ...each.seen, ...seen, at: dice.now() }
    tell(each.seen)
  }
  const end = (each: Real, how: TaskEnd): void => {
    each.line.endedAt = dice.now()
    change(each, observationOf(how))
  }
  const remove = (each: Real): void => {
    each.line.endedAt ??= dice.now()
    if (real.get(each.attempt.key) === each) real.delete(each.attempt.key)
  }
  const run = (each: Real): string => {
    const { runMs = 0 } = each.script
    each.dueAt = runMs === null ? Number.POSITIVE_INFINITY : ms() + runMs
    if (each.stopping) each.dueAt = ms()
    change(each, { phase: 'running', reason: 'Running' })
    return `${each.attempt.key} runs`
  }

  return {
    real,
    end,
    remove,
    living: () => [...real.values()].filter(({ seen }) => !isEnd(seen)),
    create(attempt, late) {
      const script = dice.script(attempt)
      const at = dice.now()
      const uid = dice.nextUid()
      const line: AuditLine = { attempt, cluster, uid, createdAt: at, endedAt: null, told: false, late }
      lines.push(line)
      const seen: AttemptObservation = {
        key: attempt.key,
        phase: 'pending',
        uid,
        reason: 'Created',
        cause: null,
        exitCode: null,
        output: null,
        place: cluster,
        at,
      }
      const dueAt = at.getTime() + (script.startMs ?? 0)
      const each: Real = { attempt, script, line, seen, dueAt, stopping: false }
      real.set(attempt.key, each)
      tell(each.seen)
    },
    advance(each) {
      const { key } = each.attempt
      const byItself = each.script.runMs !== null && dice.chance('endsWhileStopping')
      if (each.stopping && !byItself) {
        end(each, { cause: 'cancelled', reason: 'Stopped because it was cancelled' })
        remove(each)
        return `${key} is stopped`
      }
      if (each.seen.phase === 'pending') return run(each)
      end(each, each.script)
      if (each.stopping) remove(each)
      return `${key} ends`
    },
    stop(key) {
      const each = real.get(key)
      if (each === undefined) return 'gone'
      if (isEnd(each.seen)) {
        remove(each)
        return 'gone'
      }
      if (!each.stopping)
        each.dueAt = dice.chance('stuckStop')
          ? ms() + dice.between(900_000, 2_400_000)
          : Math.min(each.dueAt, ms() + dice.between(0, 1_000))
      each.stopping = true
      return 'stopping'
    },
  }
}
