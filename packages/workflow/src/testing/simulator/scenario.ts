import type { AttemptStart } from '@fairlead/contracts/task-runner'
import { triggerRules, type TriggerRule } from '@fairlead/contracts/workflow-states'
import type { Script } from '@fairlead/testkit/task-runner/faulty-runner'
import { documentOf } from '../workflow-scene'
import { createChance, type Chance } from './chance'

export const clusters = ['one', 'two'] as const

/** What one seed plays: a random workflow, its surroundings, and what becomes of every attempt. */
export interface Scenario {
  readonly source: string
  /** A workflow that tasks of the first may wait for. */
  readonly child: string | null
  readonly pools: readonly { readonly name: string; readonly slots: number }[]
  readonly runs: number
  readonly script: (attempt: AttemptStart) => Script
}

const seconds = (chance: Chance, least: number, most: number): string => `${chance.between(least, most)}s`

export function scenarioOf(seed: number): Scenario {
  const chance = createChance(seed)
  const child = chance.of(0.12) ? documentOf([{ id: 'c0' }, { id: 'c1', needs: ['c0'] }]) : null
  const childName =
    child === null ? null : (JSON.parse(child) as { metadata: { name: string } }).metadata.name
  const count = chance.between(2, 9)
  const tasks: Record<string, unknown>[] = []
  for (let at = 0; at < count; at++) tasks.push(taskOf(chance, at, childName))
  const source = documentOf(tasks as { id: string }[], {
    limits: {
      maxActiveRuns: chance.of(0.3) ? chance.between(1, 2) : 10,
      ...(chance.of(0.2) ? { maxActiveTasks: chance.between(1, 3) } : {}),
    },
    ...(chance.of(0.12) ? { timeout: seconds(chance, 20, 90) } : {}),
    ...(chance.of(0.1) ? { deadline: seconds(chance, 5, 60) } : {}),
  })
  return {
    source,
    child,
    pools: [
      { name: 'narrow', slots: chance.between(1, 2) },
      { name: 'wide', slots: 4 },
    ],
    runs: chance.pick([1, 1, 2, 3]),
    script: scripts(seed),
  }
}

function taskOf(chance: Chance, at: number, childName: string | null): Record<string, unknown> {
  const earlier = Array.from({ length: at }, (_, index) => `t${index}`)
  const needs = earlier.filter(() => chance.of(Math.min(0.6, 1.6 / Math.max(1, at))))
  const picked: TriggerRule = chance.of(0.5) ? 'all_success' : chance.pick(triggerRules)
  const trigger = needs.length === 0 && picked === 'all_done_setup_success' ? 'all_done' : picked
  const common = {
    id: `t${at}`,
    needs,
    trigger,
    ...(chance.of(0.08) ? { when: chance.of(0.5) ? 'false' : 'run.number > 0' } : {}),
    ...(chance.of(0.15) && trigger !== 'all_done_setup_success' ? { setup: true } : {}),
    ...(chance.of(0.2) ? { priority: chance.between(-3, 3) } : {}),
  }
  const kind = chance.weigh([
    [82, 'run'],
    [7, 'approval'],
    [5, 'time'],
    [3, 'event'],
    [childName === null ? 0 : 20, 'workflow'],
  ] as const)
  if (kind === 'approval')
    return { ...common, approval: { quorum: chance.between(1, 2), expires: seconds(chance, 20, 90) } }
  if (kind === 'time') return { ...common, wait: { for: seconds(chance, 1, 20) } }
  if (kind === 'event') return { ...common, wait: { event: { name: 'ping' } } }
  if (kind === 'workflow') return { ...common, wait: { workflow: { name: childName } } }
  return { ...common, ...runOf(chance) }
}

function runOf(chance: Chance): Record<string, unknown> {
  const items = Array.from({ length: chance.between(0, 4) }, (_, index) => index)
  const timeout = {
    ...(chance.of(0.25) ? { finish: seconds(chance, 5, 40) } : {}),
    ...(chance.of(0.15) ? { start: seconds(chance, 3, 20) } : {}),
  }
  return {
    run: {
      image: 'work',
      ...(chance.of(0.02) ? { args: ['${{ 1 / 0 }}'] } : {}),
    },
    cluster: chance.pick(clusters),
    ...(chance.of(0.3) ? { forEach: `\${{ ${JSON.stringify(items)} }}` } : {}),
    ...(chance.of(0.3) ? { pool: chance.pick(['narrow', 'narrow', 'wide']) } : {}),
    ...(Object.keys(timeout).length > 0 ? { timeout } : {}),
    retries: {
      max: chance.between(0, 3),
      backoff: { initial: seconds(chance, 1, 5), factor: 2, max: '20s', jitter: false },
      ...(chance.of(0.3)
        ? {
            budgets: {
              lost: chance.between(0, 2),
              apiError: chance.between(0, 3),
              quota: chance.between(0, 3),
            },
          }
        : {}),
    },
  }
}

/** By task, index and number: the same whatever key a run's id gives it. */
const scripts =
  (seed: number) =>
  ({ task, index, attempt }: AttemptStart): Script => {
    let mixed = seed | 0
    for (const char of `${task}/${index}/${attempt}`) mixed = Math.imul(mixed ^ char.charCodeAt(0), 16777619)
    const chance = createChance(mixed)
    const startMs = chance.of(0.7) ? chance.between(0, 400) : chance.between(400, 8_000)
    const runMs = chance.of(0.75) ? chance.between(0, 3_000) : chance.between(3_000, 30_000)
    const times = { startMs, runMs, lines: ['hello'] }
    return (
      chance.weigh<Script>([
        [70, times],
        [14, { ...times, exitCode: 3 }],
        [5, { ...times, cause: 'oom', exitCode: 137 }],
        [3, { ...times, cause: 'image_pull', reason: 'No such image' }],
        [3, { ...times, cause: 'disruption', reason: 'Drained' }],
        // As if for ever: timeouts and people end it, or patience.
        [5, { ...times, runMs: 120_000 }],
      ]) ?? times
    )
  }
