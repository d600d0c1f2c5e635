import { durationMs } from '@fairlead/contracts/duration'
import { isTerminal, type TargetState } from '@fairlead/contracts/rollout-states'
import type { WaveLane, WavesSpec, WavesView } from '@fairlead/contracts/waves'
import { appliedOf } from '../rollout/applied'
import { inFlight, isSkipped, spentOf, type WaveTarget } from '../rollout/waves'

interface Row {
  readonly id: string
  readonly state: string
  readonly wave: number
  readonly applied: unknown
  readonly convergedAt: Date | null
  readonly unreachableAt: Date | null
  readonly askAt: Date | null
}

/** From the rows alone, as the engine decides from them: what a page shows is what happens next. */
export function wavesView(spec: WavesSpec, rows: readonly Row[]): WavesView {
  const targets = rows.map((row): WaveTarget & { readonly convergedAt: Date | null } => ({
    ...row,
    state: row.state as TargetState,
    begun: appliedOf(row.applied).touched.length > 0,
  }))
  const bakeMs = durationMs(spec.bake)
  const numbers = [...new Set(targets.map(({ wave }) => wave))].toSorted((left, right) => left - right)
  return {
    lanes: numbers.map((number) =>
      laneOf(number, { spec, bakeMs, targets: targets.filter(({ wave }) => wave === number) }),
    ),
    maxConcurrent: spec.maxConcurrent,
    inFlight: targets.filter(inFlight).length,
    bakeMs,
    budget: { allowed: spec.failureBudget, spent: spentOf(targets) },
    unreachable: spec.unreachable,
  }
}

interface Lane {
  readonly spec: WavesSpec
  readonly bakeMs: number
  readonly targets: readonly (WaveTarget & { readonly convergedAt: Date | null })[]
}

function laneOf(number: number, { spec, bakeMs, targets }: Lane): WaveLane {
  const open = targets.filter((target) => !isTerminal.target(target.state) && !isSkipped(spec, target))
  const baking = open.filter(({ state }) => state === 'baking')
  const ends = baking.flatMap(({ convergedAt }) =>
    convergedAt === null ? [] : [convergedAt.getTime() + bakeMs],
  )
  const begun = targets.some((target) => target.state !== 'pending' || target.begun)
  const state =
    open.length === 0
      ? targets.some(({ state: each }) => each === 'pending')
        ? 'waiting'
        : 'done'
      : baking.length === open.length
        ? 'baking'
        : begun
          ? 'running'
          : 'waiting'
  return { number, state, bakesUntil: ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString() }
}
