import type { StageSummary } from '@fairlead/contracts/application'
import { rolloutStates, stageStates } from '@fairlead/contracts/rollout-states'

const states: Readonly<Record<string, { readonly terminal: boolean }>> = { ...rolloutStates, ...stageStates }

/** What is on its way into a stage: of a rollout that is still open, the stage itself may have ended already. */
export const movingIn = ({ current }: StageSummary): StageSummary['current'] =>
  current === null || states[current.state]?.terminal === true ? null : current
