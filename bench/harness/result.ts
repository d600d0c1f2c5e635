import fs from 'node:fs'
import path from 'node:path'
import { median } from './statistics'

/** One line of bench/results/<suite>.json. `median`, `min`, `max` and `baseline` are in `unit`. */
export interface ResultRow {
  readonly shape: string
  readonly unit: string
  readonly runs: number
  readonly median: number
  readonly min: number
  readonly max: number
  /** Median of what it is compared with, measured in the same run; null where nothing compares. */
  readonly baseline: number | null
  readonly ratio: number | null
  readonly goal: string | null
  readonly met: boolean | null
}

export interface Measured {
  readonly shape: string
  readonly unit: string
  readonly samples: readonly number[]
  readonly baseline?: readonly number[]
  /** `value`: the median in `unit`; `ratio`: median over the baseline's median. */
  readonly goal?: { readonly of: 'value' | 'ratio'; readonly atMost: number }
}

export function resultRow({ shape, unit, samples, baseline, goal }: Measured): ResultRow {
  const middle = median(samples)
  const base = baseline === undefined ? null : median(baseline)
  const ratio = base === null ? null : middle / base
  const judged = goal?.of === 'ratio' ? ratio : middle
  return {
    shape,
    unit,
    runs: samples.length,
    median: rounded(middle),
    min: rounded(Math.min(...samples)),
    max: rounded(Math.max(...samples)),
    baseline: base === null ? null : rounded(base),
    ratio: ratio === null ? null : rounded(ratio),
    goal: goal === undefined ? null : `≤ ${goal.atMost}${goal.of === 'ratio' ? '×' : ` ${unit}`}`,
    met: goal === undefined || judged === null ? null : judged <= goal.atMost,
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

export function writeResults(folder: string, suite: string, rows: readonly ResultRow[]): string {
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${suite}.json`)
  fs.writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`)
  return file
}
