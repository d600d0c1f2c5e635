import type { FreezeWindowView } from '@fairlead/contracts/freeze'
import type { Command } from 'commander'
import { table } from '../output'
import { contextOf } from './command-context'

const dayMs = 86_400_000

export function addFreeze(program: Command): void {
  const freeze = program
    .command('freeze')
    .description('when clusters may not be changed, or when alone they may')
  freeze.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    out.result(await api.freeze.list.query({}), (rows) =>
      table(['name', 'mode', 'now', 'for', 'schedule', 'reason'], rows.map(rowOf)),
    )
  })
  freeze
    .command('show')
    .description('its document, as it was applied')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.freeze.get.query({ window: name }), ({ source }) => source.trimEnd())
    })
  freeze
    .command('calendar')
    .description('when each window lasts in the days to come')
    .option('--days <number>', 'how many', Number, 28)
    .action(async ({ days }: { days: number }, command: Command) => {
      const { api, out } = contextOf(command)
      const now = Date.now()
      const to = new Date(now + days * dayMs).toISOString()
      out.result(await api.freeze.calendar.query({ from: new Date(now).toISOString(), to }), ({ spans }) =>
        table(
          ['window', 'mode', 'from', 'until', 'zone', 'note'],
          spans.map((span) => [
            span.window,
            span.mode,
            span.fromLocal,
            span.untilLocal,
            span.timezone,
            span.note ?? '',
          ]),
        ),
      )
    })
  freeze
    .command('delete')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.freeze.delete.mutate({ window: name }), () => `Deleted ${name}.`)
    })
}

const rowOf = (row: FreezeWindowView): string[] => [
  row.name,
  row.mode,
  row.lasts
    ? `until ${row.untilLocal ?? ''}`
    : row.fromLocal === null
      ? 'never again'
      : `from ${row.fromLocal}`,
  scopeText(row),
  `${row.schedule} (${row.timezone})`,
  row.reason,
]

export function scopeText({ scope, actions }: Pick<FreezeWindowView, 'scope' | 'actions'>): string {
  const { projects, applications, clusters, selector } = scope
  const parts = [
    ...(projects === undefined ? [] : [`projects ${projects.join(', ')}`]),
    ...(applications === undefined ? [] : [`applications ${applications.join(', ')}`]),
    ...(clusters === undefined ? [] : [`clusters ${clusters.join(', ')}`]),
    ...Object.entries(selector ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(actions === null ? [] : [`only ${actions.join(', ')}`]),
  ]
  return parts.length === 0 ? 'everything' : parts.join('; ')
}
