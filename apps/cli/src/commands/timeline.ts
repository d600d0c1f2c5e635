import type { ClusterId } from '@fairlead/contracts/ids'
import { watchedKinds } from '@fairlead/contracts/kinds'
import type { Command } from 'commander'
import { timelineText } from '../timeline-text'
import { contextOf } from './command-context'
import { kindAndName, type ObjectOptions } from './object-argument'

export function addTimeline(program: Command): void {
  program
    .command('timeline')
    .description('when a workload parted from what is wanted, and how it came back')
    .argument('<kind>', 'deploy/web, or deploy web')
    .argument('[name]')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .action(async (word: string, named: string | undefined, options: ObjectOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const { kind, name } = kindAndName(word, named)
      const { cluster } = await api.cluster.get.query({ cluster: options.cluster })
      const timeline = await api.workload.timeline.query({
        cluster: cluster.id as ClusterId,
        kind,
        namespace: watchedKinds[kind].namespaced ? options.namespace : null,
        name,
      })
      out.result(timeline, (view) => timelineText(view))
    })
}
