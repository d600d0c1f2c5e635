import { connectionOf, placeName } from '@fairlead/contracts/airflow-place'
import type { TaskApprovalView, WhyLine } from '@fairlead/contracts/workflow'
import {
  attemptStates,
  taskStates,
  type AttemptState,
  type RunState,
  type TaskState,
  type TriggerRule,
} from '@fairlead/contracts/workflow-states'
import { judgeRule, type UpstreamCounts } from '../rules/trigger-rule'
import type { PendingWait } from './pending'

export interface WhyFacts {
  readonly now: Date
  readonly run: {
    readonly state: RunState
    readonly reason: string
    readonly workflow: string
    readonly activeRuns: number
    readonly maxActiveRuns: number
  }
  readonly task: {
    readonly index: number
    readonly state: TaskState
    readonly reason: string
    readonly nextAt: Date | null
    readonly indexes: { readonly size: number; readonly succeeded: number; readonly failed: number } | null
  }
  readonly trigger: TriggerRule
  /** Of the task itself, for an index too. */
  readonly counts: UpstreamCounts
  readonly upstream: readonly { readonly id: string; readonly state: TaskState }[]
  /** Null: the task names none. `slots` null: it names one that nobody made. */
  readonly pool: {
    readonly name: string
    readonly slots: number | null
    readonly used: number
    readonly ahead: number
  } | null
  /** Of the workflow; null: it sets none. */
  readonly activeTasks: { readonly max: number; readonly active: number } | null
  /** Null: not known yet, or the task runs no container. */
  readonly cluster: {
    readonly name: string
    readonly reachable: boolean
    readonly reason: string
    readonly since: Date
  } | null
  readonly attempt: WhyAttempt | null
  readonly approval: TaskApprovalView | null
  readonly pending: PendingWait | null
}

export interface WhyAttempt {
  readonly number: number
  readonly state: AttemptState
  readonly phase: string | null
  readonly observedReason: string
  readonly cluster: string
  readonly place: string | null
  readonly stopReason: string
  readonly startTries: number
  readonly reason: string
  readonly nextAt: Date | null
  readonly startBy: Date | null
}

const maxUpstreams = 20

/** Everything between a task and its running, each with what stands, so that nobody has to guess. */
export function whyLines(facts: WhyFacts): WhyLine[] {
  if (facts.run.state === 'queued') return [runLine(facts)]
  const { state } = facts.task
  if (taskStates[state].terminal) return ruleLines(facts)
  if (facts.run.state === 'cancelling')
    return [
      line('limit', false, `The run is being cancelled. ${facts.run.reason}`.trim()),
      ...attemptLines(facts),
    ]
  return [...ruleLines(facts), ...linesOf[state](facts)]
}

const line = (
  what: WhyLine['what'],
  passed: boolean,
  message: string,
  until: Date | string | null = null,
): WhyLine => ({ what, passed, message, until: until instanceof Date ? until.toISOString() : until })

const nothing = (): WhyLine[] => []
const linesOf: Readonly<Record<TaskState, (facts: WhyFacts) => WhyLine[]>> = {
  waiting: nothing,
  ready: (facts) => admissionLines(facts),
  running: (facts) => [...clusterLines(facts), ...attemptLines(facts)],
  retrying: ({ task }) => [
    line('timer', false, sentence(task.reason, 'Waits to be tried again.'), task.nextAt),
  ],
  deferred: (facts) => waitLines(facts),
  awaiting_approval: (facts) => approvalLines(facts),
  expanded: ({ task: { indexes } }) =>
    indexes === null
      ? []
      : [
          line(
            'runner',
            false,
            `${indexes.succeeded + indexes.failed} of ${indexes.size} indexes are finished, ${indexes.failed} of them failed.`,
          ),
        ],
  succeeded: nothing,
  failed: nothing,
  upstream_failed: nothing,
  skipped: nothing,
  cancelled: nothing,
}

function runLine({ run }: WhyFacts): WhyLine {
  const used = `${run.activeRuns} of ${run.maxActiveRuns} active runs of ${run.workflow}`
  return run.activeRuns >= run.maxActiveRuns
    ? line('limit', false, `The run is queued: ${used} are taken (limits.maxActiveRuns).`)
    : line('limit', false, `The run is queued. ${sentence(run.reason, 'It is started next.')}`)
}

function ruleLines(facts: WhyFacts): WhyLine[] {
  const { trigger, counts, task } = facts
  const verdict = judgeRule(trigger, counts)
  const began = !taskStates[task.state].terminal && task.state !== 'waiting'
  const rule = line(
    'rule',
    began || verdict.kind === 'run',
    `${trigger}: ${verdict.reason}${countsText(counts)}`,
  )
  return rule.passed ? [rule] : [rule, ...upstreamLines(facts)]
}

function countsText(counts: UpstreamCounts): string {
  if (counts.needs === 0) return ''
  const parts = [
    [counts.succeeded, 'succeeded'],
    [counts.failed, 'failed'],
    [counts.upstreamFailed, 'upstream failed'],
    [counts.skipped, 'skipped'],
  ] as const
  const settled = parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
  return ` Of ${counts.needs}: ${settled.length === 0 ? 'none finished' : settled.join(', ')}.`
}

/** Those that aren't finished, and those that didn't succeed. */
function upstreamLines({ upstream }: WhyFacts): WhyLine[] {
  const unmet = upstream.filter(({ state }) => state !== 'succeeded')
  const shown = unmet.slice(0, maxUpstreams)
  const more = unmet.length - shown.length
  return [
    ...shown.map(({ id, state }) =>
      line('upstream', false, `${id}: ${taskStates[state].word.toLowerCase()}.`),
    ),
    ...(more === 0 ? [] : [line('upstream', false, `And ${more} more.`)]),
  ]
}

function admissionLines(facts: WhyFacts): WhyLine[] {
  const lines = [...poolLines(facts), ...limitLines(facts), ...clusterLines(facts)]
  return lines.some(({ passed }) => !passed)
    ? lines
    : [...lines, line('runner', false, sentence(facts.task.reason, 'It is started next.'), facts.task.nextAt)]
}

function poolLines({ pool }: WhyFacts): WhyLine[] {
  if (pool === null) return []
  const { name, slots, used, ahead } = pool
  if (slots === null)
    return [line('pool', false, `There is no pool ${name} in this project; apply a Pool document.`)]
  const queue = ahead === 0 ? '' : `, ${ahead} ready before it`
  return [line('pool', used < slots, `Pool ${name}: ${used} of ${slots} slots used${queue}.`)]
}

function limitLines({ activeTasks, run }: WhyFacts): WhyLine[] {
  if (activeTasks === null) return []
  const { active, max } = activeTasks
  return [
    line(
      'limit',
      active < max,
      `${active} of ${max} active tasks of ${run.workflow} (limits.maxActiveTasks).`,
    ),
  ]
}

function clusterLines({ cluster }: WhyFacts): WhyLine[] {
  if (cluster === null) return []
  const what = connectionOf(cluster.name) === null ? 'cluster' : 'airflow'
  const name = placeName(cluster.name, 'start')
  if (cluster.reachable) return [line(what, true, `${name} is reachable.`)]
  const reason = sentence(cluster.reason, 'no reason is known.')
  return [line(what, false, `${name} can't be reached since ${cluster.since.toISOString()}: ${reason}`)]
}

function attemptLines({ attempt }: WhyFacts): WhyLine[] {
  if (attempt === null) return []
  const name = `Attempt ${attempt.number}`
  if (attempt.state === 'stopping')
    return [
      line('runner', false, `${name} is being stopped: ${sentence(attempt.stopReason, 'it was given up.')}`),
    ]
  if (attempt.state === 'intended' && attempt.startTries > 0) {
    const times = attempt.startTries === 1 ? 'once' : `${attempt.startTries} times`
    const reason = sentence(attempt.reason, 'no reason was given.')
    return [line('runner', false, `${name} was refused ${times}: ${reason}`, attempt.nextAt)]
  }
  if (attempt.state === 'running' || attempt.phase === 'running')
    return [line('runner', true, runningWords(name, attempt))]
  const word = attemptStates[attempt.state].word.toLowerCase()
  const reason = sentence(attempt.observedReason, 'Nothing was seen of it yet.')
  return [line('runner', false, `${name} is ${word}. ${reason}`, attempt.startBy)]
}

function runningWords(name: string, { cluster, place, observedReason }: WhyAttempt): string {
  if (connectionOf(cluster) !== null) return `${name} runs. ${observedReason}`.trim()
  return `${name} runs${place === null ? '' : ` in ${place}`}.`
}

function waitLines({ pending, task }: WhyFacts): WhyLine[] {
  if (pending === null) return [line('event', false, sentence(task.reason, 'It waits.'), task.nextAt)]
  if (pending.kind === 'time') return [line('timer', false, `Waits until ${pending.until}.`, pending.until)]
  const next = task.nextAt
  if (pending.kind === 'event') {
    const which = pending.match === null ? '' : ` that matches ${pending.match}`
    return [line('event', false, `Waits for the event ${pending.name}${which}.`)]
  }
  return [
    line(
      'event',
      false,
      sentence(task.reason, `Waits for ${pending.kind === 'workflow' ? pending.name : 'a rollout'}.`),
      next,
    ),
  ]
}

function approvalLines({ approval, now }: WhyFacts): WhyLine[] {
  if (approval === null) return []
  const { quorum, remaining, roles, excludeRequester, expiresAt } = approval
  if (Date.parse(expiresAt) <= now.getTime())
    return [line('approval', false, `The request expired at ${expiresAt}.`, expiresAt)]
  const who = `${roles.join(' or ')}${excludeRequester ? ', not by whoever asked for the run' : ''}`
  const given = quorum - remaining
  return [line('approval', remaining === 0, `${given} of ${quorum} approvals given; by ${who}.`, expiresAt)]
}

const sentence = (text: string, otherwise: string): string => (text.trim() === '' ? otherwise : text)
