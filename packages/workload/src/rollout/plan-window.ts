import { closedByWords, frozenWords, type FreezeClosed } from '@fairlead/contracts/freeze-gate'
import { shifted } from '../trial/steps'
import { after, earliest, move, wait, type Decision, type StageWrite, type TimelineEntry } from './decision'
import type { Observation, StageObservation } from './observation'
import { laterTargets } from './wave-clocks'

type ClosedStage = StageObservation & { readonly window: FreezeClosed }
const isClosed = (stage: StageObservation): stage is ClosedStage => !stage.window.open

/** Windows and exceptions come and go; whoever changes them rings, and a bell may be lost. */
const recheckMs = 30_000

/** Nothing of the stage is in a cluster, nor may it be after a crash: its intent would be written. */
const untouched = ({ targets }: StageObservation): boolean =>
  targets.every(({ state, applied }) => state === 'pending' && applied.touched.length === 0)

const noClocks = { progressAt: null, totalAt: null } as const

/** It began before the window, which pauses what runs. */
export function isHeld(stage: StageObservation): boolean {
  const { state, window } = stage
  const begins = state === 'applying' || state === 'trial'
  const underWay = state === 'progressing' || state === 'halted' || (begins && !untouched(stage))
  return underWay && !window.open && window.running === 'pause'
}

export const reopening = (window: FreezeClosed, now: Date): Date =>
  earliest(after(now, recheckMs), window.opensAt === null ? null : new Date(window.opensAt))

/**
 * The one place where a freeze window stops a rollout: whatever was decided, a stage that has changed nothing yet begins
 * neither with a workflow nor with an object while it is closed. What was begun goes on to its end, unless the window
 * pauses it, and what rolls back is not asked (observe-window.ts).
 */
export function heedWindow(stage: StageObservation, decision: Decision, now: Date): Decision {
  const write = decision.writes.stages.find(({ id }) => id === stage.id)
  const on = write?.state === 'preparing' || write?.state === 'trial' || write?.state === 'applying'
  // A trial that is in a cluster has begun.
  const begins = on && (write.from !== 'trial' || untouched(stage))
  if (!isClosed(stage)) return begins ? nameException(stage, decision) : decision
  if (begins)
    return waitFor(stage, now, { ...noClocks, ...(write.plan === undefined ? {} : { plan: write.plan }) })
  const applies = stage.state === 'applying' || stage.state === 'trial'
  const acts = decision.actions.length > 0 && applies && untouched(stage)
  if (acts) return waitFor(stage, now, noClocks)
  const starts = decision.starts.some(
    ({ when }) => when === 'before' || (when === 'step' && untouched(stage)),
  )
  if (!starts) return decision
  const reason = frozenWords(stage.window)
  return wait(reopening(stage.window, now), reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
}

/** Approvals, a plan and its workflows may all be there: only the window is missing. */
function waitFor(stage: ClosedStage, now: Date, more: Partial<StageWrite> = {}): Decision {
  const { window } = stage
  const reason = frozenWords(window)
  if (stage.state === 'awaiting_window')
    return wait(reopening(window, now), reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
  return move(reason, {
    rollout: { state: 'running' },
    stages: [{ ...more, id: stage.id, from: stage.state, state: 'awaiting_window', reason }],
    entries: [entry(stage, 'window', reason)],
  })
}

/** For what waits for a window already; null once it is open. */
export const stillWaits = (stage: StageObservation, now: Date): Decision | null =>
  isClosed(stage) ? waitFor(stage, now) : null

function nameException(stage: StageObservation, decision: Decision): Decision {
  const held = stage.window.open ? stage.window.heldOpen : null
  if (held === null) return decision
  const words = `In spite of ${closedByWords(held.closedBy)}: an exception that ${held.requester} asked for and ${held.confirmer} confirmed (${held.reason}).`
  const entries = [...decision.writes.entries, { ...entry(stage, 'exception', words), audit: true }]
  return { ...decision, writes: { ...decision.writes, entries } }
}

/** The pause that a window puts on what runs, and its end; null when nothing of that changes. */
export function holdOrRelease({ rollout }: Observation, stage: StageObservation, now: Date): Decision | null {
  const { id, state, heldAt, window } = stage
  if (isHeld(stage) && !window.open) {
    if (heldAt !== null || rollout.paused) return null
    const reason = `Paused. ${frozenWords(window)}`
    return move(reason, {
      stages: [{ id, from: state, heldAt: now, reason }],
      entries: [{ ...entry(stage, 'window_paused', reason), audit: true }],
    })
  }
  if (heldAt === null) return null
  // The clocks stood still: what was left then is left now.
  const later = (date: Date | null): Date | null =>
    date === null ? null : after(date, now.getTime() - heldAt.getTime())
  const reason = 'The window that paused it is over.'
  return move(reason, {
    stages: [
      {
        id,
        from: state,
        heldAt: null,
        reason,
        progressAt: later(stage.progressAt),
        totalAt: later(stage.totalAt),
        ...(stage.steps === null ? {} : { steps: shifted(stage.steps, now.getTime() - heldAt.getTime()) }),
      },
    ],
    targets: laterTargets(stage, now.getTime() - heldAt.getTime()),
    entries: [{ ...entry(stage, 'window_resumed', reason), audit: true }],
  })
}

const entry = ({ spec }: StageObservation, kind: string, message: string): TimelineEntry => ({
  stage: spec.name,
  cluster: null,
  kind,
  message,
})
