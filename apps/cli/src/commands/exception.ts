import { durationMs } from '@fairlead/contracts/application'
import { durationSchema } from '@fairlead/contracts/duration'
import { FairleadError } from '@fairlead/contracts/errors'
import { exceptionStates } from '@fairlead/contracts/freeze-states'
import type { ClusterId, ExceptionId, RolloutId } from '@fairlead/contracts/ids'
import type { InputOf } from '@fairlead/contracts/surface'
import type { Command } from 'commander'
import { age, table } from '../output'
import { contextOf, type CommandContext } from './command-context'

interface AskOptions {
  readonly rollout?: string
  readonly application?: string
  readonly project?: string
  readonly cluster?: string
  readonly reason: string
  readonly for: string
}

/** Acting in spite of a freeze window: one person asks, a second confirms, a third reviews. */
export function addException(program: Command): void {
  const exception = program
    .command('exception')
    .description('act in spite of a freeze window, with a second person')
  exception.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    out.result(await api.exception.list.query({}), (rows) =>
      table(
        ['id', 'state', 'for', 'asked by', 'confirmed by', 'until', 'age', 'reason'],
        rows.map((row) => [
          row.id,
          exceptionStates[row.state].word,
          row.about,
          row.requester,
          row.decider ?? '',
          row.expiresAt ?? '',
          age(row.requestedAt),
          row.reason,
        ]),
      ),
    )
  })
  exception
    .command('ask')
    .description(
      'for one rollout, an application (on a cluster), or a cluster (for a project); opens nothing by itself',
    )
    .option('--rollout <id>')
    .option('-a, --application <name>')
    .option('-p, --project <project>')
    .option('--cluster <cluster>')
    .requiredOption('--reason <text>')
    .option('--for <duration>', 'how long once confirmed, e.g. 30m', '1h')
    .action(async (options: AskOptions, command: Command) => {
      const context = contextOf(command)
      const { id } = await context.api.exception.ask.mutate(await askInput(context, options))
      context.out.result(
        { id },
        () => `${id}: waits for a second person (fairlead exception confirm ${id} --reason …).`,
      )
    })
  for (const verb of ['confirm', 'refuse'] as const)
    exception
      .command(verb)
      .argument('<id>')
      .requiredOption('--reason <text>')
      .action(async (id: string, options: { reason: string }, command: Command) => {
        const { api, out } = contextOf(command)
        const decided = await api.exception[verb].mutate({
          exception: id as ExceptionId,
          reason: options.reason,
        })
        out.result(decided, () =>
          'expiresAt' in decided ? `In force until ${decided.expiresAt}.` : 'Refused.',
        )
      })
  exception
    .command('withdraw')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.exception.withdraw.mutate({ exception: id as ExceptionId }), () => 'Withdrawn.')
    })
  exception
    .command('review')
    .argument('<id>')
    .requiredOption('--note <text>', 'what was done with it, and whether it was right')
    .action(async (id: string, options: { note: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const reviewed = await api.exception.review.mutate({ exception: id as ExceptionId, note: options.note })
      out.result(reviewed, () => 'Reviewed.')
    })
}

async function askInput({ api }: CommandContext, options: AskOptions): Promise<InputOf<'exception.ask'>> {
  const { rollout, application, project, cluster, reason } = options
  const parsed = durationSchema.safeParse(options.for)
  if (!parsed.success)
    throw new FairleadError('invalid', '--for: this is no duration.', {
      found: options.for,
      expected: 'e.g. 30m',
    })
  const found = cluster === undefined ? null : (await api.cluster.get.query({ cluster })).cluster.id
  return {
    reason,
    minutes: Math.round(durationMs(options.for) / 60_000),
    ...(rollout === undefined ? {} : { rollout: rollout as RolloutId }),
    ...(application === undefined
      ? project === undefined
        ? {}
        : { project }
      : { application: { application, ...(project === undefined ? {} : { project }) } }),
    ...(found === null ? {} : { cluster: found as ClusterId }),
  }
}
