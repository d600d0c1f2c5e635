import type { Command } from 'commander'
import { usageText } from '../usage-text'
import { contextOf } from './command-context'
import { kindAndName, placeOfArgument, type ObjectOptions } from './object-argument'

export function addUsage(program: Command): void {
  program
    .command('usage')
    .description('requests of a workload against what it was seen to use')
    .argument('<kind>', 'deploy/web, or deploy web')
    .argument('[name]')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .action(async (word: string, named: string | undefined, options: ObjectOptions, command: Command) => {
      const context = contextOf(command)
      const { ref } = await placeOfArgument(context, kindAndName(word, named), options)
      const usage = await context.api.workload.usage.query(ref)
      context.out.result(usage, (view) => usageText(view))
    })
}
