import type { Command } from 'commander'
import { createLogReader, tasksWithLogs, type TaskLine } from '../follow-logs'
import { numberOf } from '../parameters'
import { contextOf } from './command-context'

interface LogOptions {
  readonly follow?: boolean
  readonly index?: number
  readonly attempt?: number
}

const pollMs = 1_000

export function addRunLogs(run: Command): void {
  run
    .command('logs')
    .argument('<id>')
    .argument('[task]', 'all tasks without it')
    .option('-f, --follow', 'until it ends')
    .option('--index <n>', 'one index of a fan-out', numberOf)
    .option('--attempt <n>', 'the last one by default', numberOf)
    .action(async (id: string, task: string | undefined, options: LogOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const follow = options.follow === true
      const kept: TaskLine[] = []
      const give = (line: TaskLine): void => {
        if (out.json && !follow) kept.push(line)
        else out.result(line, (one) => (task === undefined ? `${nameOf(one)} | ${one.text}` : one.text))
      }
      const reader = createLogReader(api, id, give)
      const wanted = {
        ...(task === undefined ? {} : { task }),
        ...(options.index === undefined ? {} : { index: options.index }),
      }
      for (;;) {
        const { tasks, over } = await tasksWithLogs(api, id, wanted)
        await reader.read(tasks, options.attempt)
        if (!follow || (over && reader.done())) break
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
      for (const text of reader.missing()) out.say(text)
      if (out.json && !follow) out.result(kept, () => '')
    })
}

const nameOf = ({ task, index }: TaskLine): string => (index < 0 ? task : `${task}[${index}]`)
