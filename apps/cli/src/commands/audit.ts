import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { InputOf } from '@fairlead/contracts/surface'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { table } from '../output'
import { contextOf } from './command-context'

type Filter = InputOf<'audit.list'>

const withFilter = (command: Command): Command =>
  command
    .option('--actor <name>')
    .option('--action <action>', 'e.g. rollout.approve')
    .option('--project <project>')
    .option('--subject <name>')
    .option('--outcome <outcome>', 'done, denied or failed')
    .option('--from <time>', 'ISO 8601')
    .option('--to <time>', 'ISO 8601')

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('who did what; verifiable')
  withFilter(audit.command('list'))
    .option('--limit <n>', 'newest first', Number, 50)
    .action(async (filter: Filter, command: Command) => {
      const { api, out } = contextOf(command)
      const { entries } = await api.audit.list.query(filter)
      out.result(entries, () =>
        table(
          ['#', 'at', 'actor', 'action', 'outcome', 'subject', 'via'],
          entries.map((row) => [
            String(row.sequence),
            row.at,
            row.actor.name,
            row.action,
            row.outcome,
            row.subject === null ? '-' : `${row.subject.kind}/${row.subject.name}`,
            row.via,
          ]),
        ),
      )
    })
  audit.command('verify').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    const verification = await api.audit.verify.query({})
    out.result(
      verification,
      () =>
        `${verification.entries} entries, ${verification.intact ? 'chain intact' : 'CHAIN BROKEN'}, last hash ${verification.lastHash ?? '-'}`,
    )
    if (verification.broken !== null)
      throw new Ended(
        exitCodes.failed,
        `Entry ${verification.broken.sequence}: ${verification.broken.problem}.`,
      )
  })
  withFilter(audit.command('export'))
    .description('JSON Lines on stdout')
    .action(async (filter: Filter, command: Command) => {
      const { api } = contextOf(command)
      process.stdout.write((await api.audit.export.query({ limit: 1_000, ...filter })).lines)
    })
}
