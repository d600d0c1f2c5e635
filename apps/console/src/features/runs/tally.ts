import type { RunSummary } from '@fairlead/contracts/workflow'
import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import type { Tone } from '@fairlead/ui/tone'

export type TallyPart = { readonly word: string; readonly count: number; readonly tone: Tone }
export type Tally = {
  /** What has ended comes first, so that the bar fills from the left. */
  readonly parts: readonly TallyPart[]
  readonly total: number
  readonly done: number
}

const toneRank: Readonly<Record<Tone, number>> = {
  ok: 0,
  failing: 1,
  progress: 3,
  waiting: 4,
  paused: 5,
  unknown: 6,
  neutral: 7,
}
const rankOf = (state: TaskState): number => {
  const { tone, terminal } = taskStates[state]
  return terminal && tone === 'neutral' ? 2 : toneRank[tone]
}

/** How the tasks of a run stand, as parts of one bar; states that share a word are one part. */
export function tallyOf(tally: RunSummary['tally']): Tally {
  const states = (Object.keys(tally) as TaskState[])
    .filter((state) => (tally[state] ?? 0) > 0)
    .sort((one, other) => rankOf(one) - rankOf(other))
  const parts = new Map<string, TallyPart>()
  let total = 0
  let done = 0
  for (const state of states) {
    const count = tally[state] ?? 0
    const { word, tone, terminal } = taskStates[state]
    const before = parts.get(word)?.count ?? 0
    parts.set(word, { word, tone, count: before + count })
    total += count
    if (terminal) done += count
  }
  return { parts: [...parts.values()], total, done }
}

/** `4 succeeded, 1 running, 2 waiting`. */
export const tallyText = ({ parts }: Tally): string =>
  parts.length === 0
    ? 'No task yet'
    : parts.map(({ word, count }) => `${count.toLocaleString('en')} ${word.toLowerCase()}`).join(', ')
