import { durationMs } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import { rolloutStates } from '@fairlead/contracts/rollout-states'
import type { Command } from 'commander'
import { age, table } from '../output'
import { summary, waitForRollout } from '../wait-for-rollout'
import { contextOf, type CommandContext } from './command-context'

export function addRollout(program: Command): void {
  const rollout = program.command('rollout').description('follow and steer rollouts')
  rollout
    .command('list')
    .option('-a, --application <name>')
    .option('--active', 'only those in motion')
    .action(async (options: { application?: string; active?: boolean }, command: Command) => {
      const { api, out } = contextOf(command)
      const rows = await api.rollout.list.query({
        active: options.active === true,
        ...(options.application === undefined ? {} : { application: options.application }),
      })
      out.result(rows, () =>
        table(
          ['id', 'number', 'application', 'kind', 'state', 'release', 'by', 'age'],
          rows.map((row) => [
            row.id,
            `#${row.number}`,
            `${row.project}/${row.application}`,
            row.kind,
            rolloutStates[row.state].word,
            String(row.release.number),
            row.requester,
            age(row.createdAt),
          ]),
        ),
      )
    })
  rollout
    .command('show')
    .argument('<id>')
    .option('-w, --watch', 'until it ends')
    .option('--timeout <duration>', 'with --watch', '24h')
    .action(async (id: string, options: { watch?: boolean; timeout: string }, command: Command) => {
      const context = contextOf(command)
      if (options.watch === true) return waitForRollout(context, id, durationMs(options.timeout))
      context.out.result(await context.api.rollout.get.query({ rollout: id }), summary)
    })
  for (const verb of ['approve', 'reject'] as const)
    rollout
      .command(verb)
      .argument('<id>')
      .requiredOption('--reason <text>')
      .action(async (id: string, options: { reason: string }, command: Command) => {
        const context = contextOf(command)
        const decision = { rollout: id, reason: options.reason, ...(await awaited(context, id)) }
        context.out.result(await context.api.rollout[verb].mutate(decision), () =>
          verb === 'approve' ? 'Approved.' : 'Rejected.',
        )
      })
  for (const verb of ['pause', 'abort', 'cancel'] as const)
    rollout
      .command(verb)
      .argument('<id>')
      .option('--reason <text>', 'for the audit log', 'by the command line')
      .action(async (id: string, options: { reason: string }, command: Command) => {
        const { api, out } = contextOf(command)
        out.result(await api.rollout[verb].mutate({ rollout: id, reason: options.reason }), () => said[verb])
      })
  addWaves(rollout)
  rollout
    .command('promote')
    .description('end the pause of the step that it is at')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command)
      const at = await currentStep(context, id)
      context.out.result(
        await context.api.rollout.promote.mutate({ rollout: id, ...at }),
        () => `Promoted step ${at.step + 1} of ${at.stage}.`,
      )
    })
  rollout
    .command('resume')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.rollout.resume.mutate({ rollout: id }), () => 'Resumed.')
    })
  addRollback(program)
}

const said = { pause: 'Paused.', abort: 'Aborting.', cancel: 'Cancelled.' } as const

/** The step is named, so that nobody promotes another one than the server shows now. */
async function currentStep(
  { api }: CommandContext,
  rollout: string,
): Promise<{ stage: string; step: number }> {
  const stage = (await api.rollout.get.query({ rollout })).stages.find((row) => row.state === 'trial')
  if (stage === undefined) throw new FairleadError('conflict', 'No stage of this rollout is on trial.')
  return { stage: stage.name, step: stage.trial?.current ?? 0 }
}

function addWaves(rollout: Command): void {
  rollout
    .command('halt')
    .description('begin no further target of a stage with waves')
    .argument('<id>')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.rollout.halt.mutate({ rollout: id, reason: options.reason }), () => 'Halted.')
    })
  rollout
    .command('rollback-waves')
    .description('take back what the waves of a rollout brought, and no other')
    .argument('<id>')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const done = await api.rollout.rollbackWaves.mutate({ rollout: id, reason: options.reason })
      out.result(done, () => `Rolling back ${done.targets} ${done.targets === 1 ? 'target' : 'targets'}.`)
    })
}

/** What is decided is named by its digest, so that nobody approves anything but what the server shows now. */
async function awaited(
  { api }: CommandContext,
  rollout: string,
): Promise<{ stage: string; planDigest: string }> {
  const stage = (await api.rollout.get.query({ rollout })).stages.find(
    (row) => row.state === 'awaiting_approval',
  )
  if (stage?.plan == null)
    throw new FairleadError('conflict', 'No stage of this rollout waits for an approval.')
  return { stage: stage.name, planDigest: stage.plan.digest }
}

interface RollbackOptions {
  readonly application: string
  readonly project?: string
  readonly stage: string
  readonly to?: string
  readonly reason: string
  readonly wait?: boolean
  readonly timeout: string
}

function addRollback(program: Command): void {
  program
    .command('rollback')
    .description('put a stage back to an earlier release')
    .requiredOption('-a, --application <name>')
    .option('-p, --project <project>')
    .requiredOption('--stage <stage>')
    .option('--to <release>', 'its number; the last verified one before the current by default')
    .option('--reason <text>', 'for the audit log', 'by the command line')
    .option('--wait')
    .option('--timeout <duration>', 'e.g. 15m', '15m')
    .action(async (options: RollbackOptions, command: Command) => {
      const context = contextOf(command)
      const { application, stage, reason, project, to } = options
      const { rollout, number } = await context.api.rollout.rollback.mutate({
        application,
        stage,
        reason,
        ...(project === undefined ? {} : { project }),
        ...(to === undefined ? {} : { to: Number(to) }),
      })
      context.out.say(`Rollout #${number} of ${application}: ${context.url}/rollouts/${rollout}`)
      if (options.wait === true) await waitForRollout(context, rollout, durationMs(options.timeout))
      else context.out.result({ rollout, number }, () => rollout)
    })
}
