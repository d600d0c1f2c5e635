import { exitCodes } from '@fairlead/contracts/exit-codes'
import { laneStanding, laneStandings } from '@fairlead/contracts/lane-standing'
import type { RolloutView, StageView, TargetView } from '@fairlead/contracts/rollout'
import { rolloutStates, stageStates } from '@fairlead/contracts/rollout-states'
import type { CommandContext } from './commands/command-context'
import { Ended } from './failure'

const pollMs = 1_000

/** Follows a rollout to its end, saying what changes; throws Ended with the exit code when it didn't converge. */
export async function waitForRollout(
  context: CommandContext,
  rollout: string,
  timeoutMs: number,
): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs
  let said = ''
  for (;;) {
    const view = await context.api.rollout.get.query({ rollout })
    const now = summary(view)
    if (now !== said) context.out.say(now)
    said = now
    if (rolloutStates[view.state].terminal) return finish(context, view)
    if (Date.now() > giveUpAt) {
      context.out.result(view, () => summary(view))
      throw new Ended(exitCodes.waiting, stillWords(view))
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** What it waits for says more than that it runs. */
function stillWords({ state, stages, blockers }: RolloutView): string {
  const window = stages.some((stage) => stage.state === 'awaiting_window') ? blockers[0]?.what : undefined
  const word = window === undefined ? rolloutStates[state].word : 'Waiting for a window'
  return `Still ${word.toLowerCase()} when the time was up.${window === undefined ? '' : ` ${window}`}`
}

function finish(context: CommandContext, view: RolloutView): void {
  context.out.result(view, summary)
  if (view.state !== 'succeeded')
    throw new Ended(
      exitCodes.failed,
      `Rollout #${view.number}: ${rolloutStates[view.state].word.toLowerCase()}.`,
    )
}

export function summary(view: RolloutView): string {
  const stages = view.stages.map((stage) => {
    const pods = stage.targets
      .filter(isShown)
      .flatMap((target) =>
        target.workloads.flatMap((workload) =>
          workload.verdict.replicas === null
            ? []
            : [
                `${target.cluster.name} ${workload.name} ${workload.verdict.replicas.updated}/${workload.verdict.replicas.desired} updated, ${workload.verdict.replicas.available} available`,
              ],
        ),
      )
    return `  ${stage.name}: ${stageStates[stage.state].word}${stage.reason === '' ? '' : ` (${stage.reason})`}${wavesLine(stage)}${pods.length === 0 ? '' : `\n    ${pods.join('\n    ')}`}`
  })
  const blockers = view.blockers.map((blocker) => `  waiting: ${blocker.what} (${blocker.owner})`)
  return [
    `#${view.number} ${view.application}: ${rolloutStates[view.state].word}${view.paused ? ', paused' : ''}`,
    ...stages,
    ...blockers,
  ].join('\n')
}

/** In waves only what moves or failed: a terminal has no room for three hundred that are well. */
const isShown = ({ wave, state }: TargetView): boolean =>
  wave === 0 || state === 'applied' || state === 'baking' || state === 'rolling_back' || state === 'failed'

function wavesLine(stage: StageView): string {
  const { waves, targets } = stage
  if (waves === null) return ''
  const lanes = waves.lanes.map((lane) => {
    const own = targets.filter(({ wave }) => wave === lane.number)
    const { kind, failed } = laneStanding(stage, lane)
    const there = `${own.filter((target) => target.state === 'converged').length}/${own.length}`
    const names = failed.length === 0 ? '' : ` (failed: ${failed.join(', ')})`
    return `wave ${lane.number} ${laneStandings[kind].word.toLowerCase()} ${there}${names}`
  })
  return `\n    ${lanes.join(', ')}; failed ${waves.budget.spent} of ${waves.budget.allowed} that may`
}
