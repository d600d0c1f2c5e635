import { observed } from './deadlines'
import { after, earliest, wait, type Decision } from './decision'
import type { Observation, StageObservation } from './observation'
import { reopening } from './plan-window'

export function standStill({ rollout }: Observation, stage: StageObservation, now: Date): Decision {
  const { window } = stage
  const until =
    window.open || rollout.paused ? after(now, 5_000) : earliest(after(now, 5_000), reopening(window, now))
  const who = rollout.paused ? 'a person' : 'a freeze window'
  return wait(until, `Paused by ${who}; nothing moves on, and the deadlines stand still.`, {
    targets: observed(stage.targets, now).writes,
  })
}
