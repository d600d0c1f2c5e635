import type { DiffLine, ObjectPlan, StagePlan } from '@fairlead/contracts/rollout'
import type { DiffLine as ShownLine } from '@fairlead/ui/diff-view'
import type { Tone } from '@fairlead/ui/tone'
import { groupOf } from './check-groups'

export const objectChanges = {
  create: { word: 'create', tone: 'ok', said: 'will be created' },
  change: { word: 'change', tone: 'progress', said: 'will change' },
  none: { word: 'no change', tone: 'neutral', said: 'stays as it is' },
  prune: { word: 'prune', tone: 'failing', said: 'will be deleted: the release no longer has it' },
  unverifiable: { word: 'unverifiable', tone: 'unknown', said: 'can not be tried before it is applied' },
  denied: { word: 'denied', tone: 'failing', said: 'is refused by the cluster' },
} as const satisfies Record<ObjectPlan['change'], { word: string; tone: Tone; said: string }>

export type PlanFacts = Record<ObjectPlan['change'], number> & {
  restarts: number
  conflicts: number
  failedChecks: number
  failedWarnings: number
}

/** A plan in numbers, over all its targets. */
export function factsOf(plans: readonly StagePlan[]): PlanFacts {
  const facts: PlanFacts = {
    create: 0,
    change: 0,
    none: 0,
    prune: 0,
    unverifiable: 0,
    denied: 0,
    restarts: 0,
    conflicts: 0,
    failedChecks: 0,
    failedWarnings: 0,
  }
  for (const plan of plans) {
    for (const object of plan.targets.flatMap(({ objects }) => objects)) {
      facts[object.change] += 1
      facts.restarts += object.restarts
      facts.conflicts += object.conflicts.length
    }
    for (const check of plan.checks) {
      const group = groupOf(check)
      if (group === 'blocks') facts.failedChecks += 1
      if (group === 'warns') facts.failedWarnings += 1
    }
  }
  return facts
}

export const changesAnything = (plan: StagePlan): boolean =>
  plan.targets.some(({ objects }) => objects.some(({ change }) => change !== 'none'))

/** `skip` may tell in its text how many lines it stands for: then the numbers after it are known. */
export const shownLines = (lines: readonly DiffLine[]): ShownLine[] =>
  lines.map(({ kind, text }) => {
    if (kind === 'same') return { kind: 'context', text }
    if (kind !== 'skip') return { kind, text }
    const count = /\d+/.exec(text)?.[0]
    return { kind, text, lines: count === undefined ? undefined : Number(count) }
  })

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`
