import { durationMs } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import type { InputOf } from '@fairlead/contracts/surface'
import type { Command } from 'commander'
import { planText } from '../plan-text'
import { readInputs } from '../read-input'
import { waitForRollout } from '../wait-for-rollout'
import { collect, contextOf, pairs } from './command-context'

interface ChangeOptions {
  readonly application: string
  readonly project?: string
  readonly file: string[]
  readonly image: string[]
}
interface DeployOptions extends ChangeOptions {
  readonly wait?: boolean
  readonly timeout: string
  readonly reason: string
  readonly confirmPrune?: string
}

const withChange = (command: Command): Command =>
  command
    .requiredOption('-a, --application <name>')
    .option('-p, --project <project>', 'when two projects have an application of that name')
    .option('-f, --file <manifests>', 'may be repeated; - for standard input', collect, [])
    .option('--image <container=reference>', 'may be repeated', collect, [])

export function addDeploy(program: Command): void {
  withChange(program.command('plan'))
    .description('what a deploy would change, by server-side dry run')
    .option('--to <stage>')
    .action(async (options: ChangeOptions & { to?: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const to = options.to === undefined ? {} : { to: options.to }
      const plan = await api.rollout.plan.query({ ...(await changeOf(options)), ...to })
      out.result(plan, planText)
    })
  withChange(program.command('deploy'))
    .description('request a rollout through the stages of an application')
    .option('--reason <text>', 'why, for the approver and the audit log', '')
    .option('--confirm-prune <application>', 'its name once more, where the plan asks to confirm deletions')
    .option('--wait', 'until it has converged, failed, or waits for somebody when --timeout passes')
    .option('--timeout <duration>', 'e.g. 15m', '15m')
    .action(async (options: DeployOptions, command: Command) => {
      const context = contextOf(command)
      const { rollout, number } = await context.api.rollout.deploy.mutate({
        ...(await changeOf(options)),
        reason: options.reason,
        ...(options.confirmPrune === undefined ? {} : { confirmPrune: options.confirmPrune }),
      })
      context.out.say(`Rollout #${number} of ${options.application}: ${context.url}/rollouts/${rollout}`)
      if (options.wait === true) await waitForRollout(context, rollout, durationMs(options.timeout))
      else context.out.result({ rollout, number }, () => rollout)
    })
}

async function changeOf(
  options: ChangeOptions,
): Promise<Pick<InputOf<'rollout.deploy'>, 'application' | 'project' | 'change'>> {
  if ((options.file.length === 0) === (options.image.length === 0))
    throw new FairleadError('invalid', 'Say what to deploy.', {
      expected: 'either -f MANIFESTS or --image CONTAINER=REFERENCE',
    })
  const change =
    options.file.length > 0 ? { manifests: await readInputs(options.file) } : { images: pairs(options.image) }
  return {
    application: options.application,
    change,
    ...(options.project === undefined ? {} : { project: options.project }),
  }
}
