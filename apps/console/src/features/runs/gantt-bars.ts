import type { AttemptView, RunTask, RunView } from '@fairlead/contracts/workflow'
import { attemptStates, taskStates } from '@fairlead/contracts/workflow-states'
import type { Tone } from '@fairlead/ui/tone'
import type { Span } from './gantt-scale'

/**
 * wait: for upstreams; ready: for a slot; start: created, its container does not run yet; run; backoff: between two
 * attempts; held: an approval or an event that it waits for.
 */
export type SegmentKind = 'wait' | 'ready' | 'start' | 'run' | 'backoff' | 'held'
export type Segment = Span & {
  readonly kind: SegmentKind
  readonly tone: Tone
  readonly word: string
  /** It goes on: its end is now. */
  readonly open: boolean
}
export type TaskTimes = Pick<RunTask, 'state' | 'readyAt' | 'startedAt' | 'finishedAt'>
export type AttemptTimes = Pick<AttemptView, 'number' | 'state' | 'createdAt' | 'startedAt' | 'finishedAt'>
export type BarInput = {
  readonly task: TaskTimes
  /** Null where a task waits for people or events, and while they are not known. */
  readonly attempts: readonly AttemptTimes[] | null
  /** An approval or a wait: it never runs a container. */
  readonly holds: boolean
  readonly start: number
  readonly now: number
}

const at = (text: string | null): number | null => (text === null ? null : Date.parse(text))

/** What a task did when, without gaps, from the start of the run to its own end (or now). */
export function segmentsOf({ task, attempts, holds, start, now }: BarInput): Segment[] {
  const { terminal } = taskStates[task.state]
  const end = at(task.finishedAt) ?? now
  const readyAt = firstMoment(task, attempts)
  const waited = segment('wait', { from: start, to: readyAt ?? end }, readyAt === null && !terminal)
  if (readyAt === null) return [waited]
  const rest = attempts?.length
    ? attemptSegments({ task, attempts, from: readyAt, end })
    : plainSegments({ task, holds, from: readyAt, end })
  return [waited, ...rest].filter(
    ({ kind, from, to, open }) => to > from || open || kind === 'run' || kind === 'held',
  )
}

/** A retry makes a task ready anew: what came before it counts as well. */
export function firstMoment(task: TaskTimes, attempts: BarInput['attempts']): number | null {
  const moments = [task.readyAt, task.startedAt, ...(attempts ?? []).map(({ createdAt }) => createdAt)]
    .map(at)
    .filter((moment) => moment !== null)
  return moments.length === 0 ? null : Math.min(...moments)
}

const words: Record<Exclude<SegmentKind, 'run'>, readonly [string, Tone]> = {
  wait: ['Waits for upstream tasks', 'neutral'],
  ready: ['Ready, waits for a slot', 'waiting'],
  start: ['Being started', 'progress'],
  backoff: ['Until the next attempt', 'waiting'],
  held: ['Held', 'waiting'],
}

const segment = (kind: Exclude<SegmentKind, 'run'>, span: Span, open: boolean): Segment => {
  const [word, tone] = words[kind]
  return { ...span, kind, word, tone, open }
}

type PlainInput = { task: TaskTimes; holds: boolean; from: number; end: number }

/** Without attempts to show: from the task's own times. */
function plainSegments({ task, holds, from, end }: PlainInput): Segment[] {
  const { word, tone, terminal } = taskStates[task.state]
  if (holds) return [{ from, to: end, kind: 'held', word, tone, open: !terminal }]
  // One that ended before its start was ever seen has run all the same.
  const startedAt = at(task.startedAt) ?? (ranUnseen(task) ? from : null)
  if (startedAt === null) return [segment('ready', { from, to: end }, !terminal)]
  return [
    segment('ready', { from, to: startedAt }, false),
    { from: startedAt, to: end, kind: 'run', word, tone, open: !terminal },
  ]
}

const ranUnseen = ({ state }: TaskTimes): boolean => state === 'succeeded' || state === 'failed'

type AttemptInput = { task: TaskTimes; attempts: readonly AttemptTimes[]; from: number; end: number }

function attemptSegments({ task, attempts, from, end }: AttemptInput): Segment[] {
  const segments: Segment[] = []
  let cursor = from
  for (const attempt of [...attempts].sort((one, other) => one.number - other.number)) {
    const { word, tone, terminal } = attemptStates[attempt.state]
    const created = Math.max(cursor, at(attempt.createdAt) ?? cursor)
    const over = at(attempt.finishedAt) ?? end
    const began = at(attempt.startedAt) ?? over
    const said = attempts.length > 1 ? `Attempt ${attempt.number}: ${word.toLowerCase()}` : word
    segments.push(segment(segments.length === 0 ? 'ready' : 'backoff', { from: cursor, to: created }, false))
    segments.push(segment('start', { from: created, to: began }, !terminal && attempt.startedAt === null))
    if (attempt.startedAt !== null || terminal)
      segments.push({ from: began, to: over, kind: 'run', word: said, tone, open: !terminal })
    cursor = over
  }
  if (task.state === 'retrying') segments.push(segment('backoff', { from: cursor, to: end }, true))
  if (task.state === 'ready') segments.push(segment('ready', { from: cursor, to: end }, true))
  return segments
}

/** A forecast or deadline farther away than this many times what has passed is not drawn: it would squeeze the rest. */
const farthest = 1.5

/** From the first task's moment to the end, or beyond now to where the deadline or the forecast is near. */
export function domainOf(run: RunView, now: number): Span {
  const moments = run.tasks
    .flatMap(({ readyAt, startedAt }) => [at(readyAt), at(startedAt)])
    .filter((moment) => moment !== null)
  const began = Date.parse(run.startedAt ?? run.createdAt)
  const from = moments.reduce((least, moment) => Math.min(least, moment), moments[0] ?? began)
  const ends = run.tasks.map(({ finishedAt }) => at(finishedAt)).filter((moment) => moment !== null)
  const last = at(run.finishedAt)
  if (last !== null) return { from, to: ends.reduce((most, moment) => Math.max(most, moment), last) }
  const passed = Math.max(1_000, now - from)
  const ahead = [run.deadline?.at ?? null, run.deadline?.forecastAt ?? null]
    .map(at)
    .filter((moment) => moment !== null && moment > now && moment - now < passed * farthest)
  return { from, to: ahead.reduce<number>((most, moment) => Math.max(most, moment ?? 0), now) }
}
