import { connectionOf, placeName } from '@fairlead/contracts/airflow-place'
import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { RunView } from '@fairlead/contracts/workflow'
import { runStates, taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import type { CommandContext } from './commands/command-context'
import { Ended } from './failure'

const pollMs = 1_000
/** Tasks that a summary names. */
const shownTasks = 20

/** Follows a run to its end, saying what changes; throws Ended with the exit code when it didn't succeed. */
export async function waitForRun(context: CommandContext, run: string, timeoutMs: number): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs
  let said = ''
  for (;;) {
    const view = await context.api.run.get.query({ run })
    const now = runSummary(view)
    if (now !== said) context.out.say(now)
    said = now
    if (runStates[view.state].terminal) return finish(context, view)
    if (Date.now() > giveUpAt) {
      context.out.result(view, runSummary)
      throw new Ended(exitCodes.waiting, stillWaiting(view))
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(pollMs, Math.max(0, giveUpAt - Date.now()) + 1)),
    )
  }
}

export function stillWaiting(view: Pick<RunView, 'state' | 'tasks'>): string {
  const gates = view.tasks.filter(({ state }) => state === 'awaiting_approval').map(({ id }) => id)
  const word = runStates[view.state].word.toLowerCase()
  return gates.length === 0
    ? `Still ${word} when the time was up.`
    : `Still ${word} when the time was up: ${gates.join(', ')} ${gates.length === 1 ? 'waits' : 'wait'} for an approval.`
}

/** A failure on the way that everything at the end got over is said, and is no failure of the run. */
export const succeeded = (state: RunView['state']): boolean =>
  state === 'succeeded' || state === 'succeeded_with_failures'

function finish(context: CommandContext, view: RunView): void {
  context.out.result(view, runSummary)
  if (!succeeded(view.state))
    throw new Ended(exitCodes.failed, `Run #${view.number}: ${runStates[view.state].word.toLowerCase()}.`)
}

export function runSummary(view: RunView): string {
  const open = view.tasks.filter(({ state }) => !taskStates[state].terminal && state !== 'waiting')
  const bad = view.tasks.filter(({ state }) => state === 'failed' || state === 'upstream_failed')
  const named = [...bad, ...open]
  const more = named.length - shownTasks
  return [
    `#${view.number} ${view.project}/${view.workflow}: ${runStates[view.state].word}${view.reason === '' ? '' : ` (${view.reason})`}`,
    `  ${tallyText(view.tally)}`,
    ...named
      .slice(0, shownTasks)
      .map(
        ({ id, cluster, state, reason }) =>
          `  ${id}${airflowMark(cluster)}: ${taskStates[state].word}${reason === '' ? '' : ` (${reason})`}`,
      ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')
}

/** What runs in an Airflow is told from what runs on a cluster. */
const airflowMark = (place: string | null): string =>
  place === null || connectionOf(place) === null ? '' : ` [${placeName(place)}]`

export const tallyText = (tally: RunView['tally']): string =>
  (Object.keys(taskStates) as TaskState[])
    .flatMap((state) => {
      const count = tally[state]
      return count === undefined ? [] : [`${count} ${taskStates[state].word.toLowerCase()}`]
    })
    .join(', ')
