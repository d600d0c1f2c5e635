import type { Handled } from '@fairlead/contracts/hands'
import type { Command } from 'commander'
import { contextOf, type CommandContext } from './command-context'
import { findObject, kindAndName, placeOf, refOf, type ObjectOptions } from './object-argument'

const withPlace = (command: Command): Command =>
  command
    .argument('<kind/name>', 'deploy/web, or the kind and then the name')
    .argument('[name]')
    .requiredOption('--cluster <cluster>')
    .option('-n, --namespace <namespace>', 'namespace', 'default')

const say = ({ out }: CommandContext, handled: Handled, done: string): void => {
  for (const note of handled.notes) out.say(note)
  out.result(handled, () => done)
}

/** kubectl's words for what one does to a workload by hand. */
export function addHands(program: Command): void {
  addScale(program)
  addRestart(program)
  addDelete(program)
}

function addScale(program: Command): void {
  withPlace(program.command('scale'))
    .description('change how many replicas a workload wants')
    .requiredOption('--replicas <number>', 'how many', Number)
    .option('--current-replicas <number>', 'only from this number', Number)
    .option('--confirm <name>', 'the name once more: to scale to none in production')
    .action(
      async (
        word: string,
        name: string | undefined,
        options: ObjectOptions & { replicas: number; currentReplicas?: number; confirm?: string },
        command: Command,
      ) => {
        const context = contextOf(command)
        const found = await findObject(context, kindAndName(word, name), options)
        const { replicas, currentReplicas, confirm } = options
        const handled = await context.api.workload.scale.mutate({
          ...refOf(found),
          replicas,
          ...(currentReplicas === undefined ? {} : { from: currentReplicas }),
          ...(confirm === undefined ? {} : { confirm }),
        })
        const wants = `${placeOf(found)} wants ${replicas} replicas`
        say(context, handled, handled.changed ? `${wants}.` : `${wants} already.`)
      },
    )
}

function addRestart(program: Command): void {
  withPlace(program.command('restart'))
    .description("replace a workload's pods one after the other (kubectl rollout restart)")
    .action(async (word: string, name: string | undefined, options: ObjectOptions, command: Command) => {
      const context = contextOf(command)
      const found = await findObject(context, kindAndName(word, name), options)
      say(context, await context.api.workload.restart.mutate(refOf(found)), `Restarting ${placeOf(found)}.`)
    })
}

function addDelete(program: Command): void {
  withPlace(program.command('delete'))
    .description('delete one object: the one that Fairlead last saw, never a new one of its name')
    .option('--cascade <how>', 'Background, Foreground or Orphan', 'Background')
    .option('--confirm <name>', 'the name once more: needed in production')
    .action(
      async (
        word: string,
        name: string | undefined,
        options: ObjectOptions & { cascade: string; confirm?: string },
        command: Command,
      ) => {
        const context = contextOf(command)
        const found = await findObject(context, kindAndName(word, name), options)
        const handled = await context.api.object.delete.mutate({
          ...refOf(found),
          uid: found.row.uid,
          propagation: options.cascade as 'Background' | 'Foreground' | 'Orphan',
          ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
        })
        say(context, handled, `Deleted ${placeOf(found)}.`)
      },
    )
}
