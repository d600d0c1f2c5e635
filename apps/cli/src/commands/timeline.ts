import type { Command } from 'commander'
import { timelineText } from '../timeline-text'
import { contextOf } from './command-context'
import { kindAndName, placeOfArgument, type ObjectOptions } from './object-argument'

export function addTimeline(program: Command): void {
  program
    .command('timeline')
    .description('when a workload parted from what is wanted, and how it came back')
    .argument('<kind>', 'deploy/web, or deploy web')
    .argument('[name]')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .action(async (word: string, named: string | undefined, options: ObjectOptions, command: Command) => {
      const context = contextOf(command)
      const { ref } = await placeOfArgument(context, kindAndName(word, named), options)
      const timeline = await context.api.workload.timeline.query(ref)
      context.out.result(timeline, (view) => timelineText(view))
    })
}
