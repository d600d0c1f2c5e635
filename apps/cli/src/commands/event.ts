import type { Command } from 'commander'
import { jsonOf } from '../parameters'
import { contextOf } from './command-context'

interface EventOptions {
  readonly project: string
  readonly data?: string
  readonly key?: string
}

export function addEvent(program: Command): void {
  const event = program.command('event').description('tell workflows that something happened')
  event
    .command('send')
    .argument('<name>')
    .requiredOption('--project <project>')
    .option('--data <json>', 'what it carries')
    .option('--key <key>', 'sent twice under one key, it is one event')
    .action(async (name: string, { project, data, key }: EventOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const sent = await api.event.send.mutate({
        project,
        name,
        ...(data === undefined ? {} : { payload: jsonOf(data, '--data') }),
        ...(key === undefined ? {} : { key }),
      })
      out.result(sent, ({ id, created }) => `${name}: ${created ? `sent, ${id}` : `sent before, ${id}`}`)
    })
}
