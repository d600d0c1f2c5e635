import type { ClusterId } from '@fairlead/contracts/ids'
import { watchedKinds } from '@fairlead/contracts/kinds'
import type { Command } from 'commander'
import { usageText } from '../usage-text'
import { contextOf } from './command-context'
import { kindAndName, type ObjectOptions } from './object-argument'

export function addUsage(program: Command): void {
  program
    .command('usage')
    .description('requests of a workload against what it was seen to use')
    .argument('<kind>', 'deploy/web, or deploy web')
    .argument('[name]')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .action(async (word: string, named: string | undefined, options: ObjectOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const { kind, name } = kindAndName(word, named)
      const { cluster } = await api.cluster.get.query({ cluster: options.cluster })
      const usage = await api.workload.usage.query({
        cluster: cluster.id as ClusterId,
        kind,
        namespace: watchedKinds[kind].namespaced ? options.namespace : null,
        name,
      })
      out.result(usage, (view) => usageText(view))
    })
}
