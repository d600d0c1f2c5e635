import type { Command } from 'commander'
import { table } from '../output'
import { contextOf } from './command-context'

export function addPool(program: Command): void {
  const pool = program.command('pool').description('slots that tasks of a project share')
  pool.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    out.result(await api.pool.list.query({}), (rows) =>
      table(
        ['project', 'name', 'slots', 'used', 'waiting', 'description'],
        rows.map((row) => [
          row.project,
          row.name,
          String(row.slots),
          String(row.used),
          String(row.waiting),
          row.description,
        ]),
      ),
    )
  })
}
