import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { RolloutView } from '@fairlead/contracts/rollout'
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
    const pods = stage.targets.flatMap((target) =>
      target.workloads.flatMap((workload) =>
        workload.verdict.replicas === null
          ? []
          : [
              `${target.cluster.name} ${workload.name} ${workload.verdict.replicas.updated}/${workload.verdict.replicas.desired} updated, ${workload.verdict.replicas.available} available`,
            ],
      ),
    )
    return `  ${stage.name}: ${stageStates[stage.state].word}${stage.reason === '' ? '' : ` (${stage.reason})`}${pods.length === 0 ? '' : `\n    ${pods.join('\n    ')}`}`
  })
  const blockers = view.blockers.map((blocker) => `  waiting: ${blocker.what} (${blocker.owner})`)
  return [
    `#${view.number} ${view.application}: ${rolloutStates[view.state].word}${view.paused ? ', paused' : ''}`,
    ...stages,
    ...blockers,
  ].join('\n')
}
