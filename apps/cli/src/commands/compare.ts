import { hasDifferences, summaryOf } from '@fairlead/contracts/comparison'
import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { Command } from 'commander'
import { compareText } from '../compare-text'
import { Ended } from '../failure'
import { contextOf } from './command-context'

/** `staging/shop`: a namespace of a cluster; `staging`: the cluster. */
function sideOf(text: string): { cluster: string; namespace?: string } {
  const at = text.indexOf('/')
  return at < 0 ? { cluster: text } : { cluster: text.slice(0, at), namespace: text.slice(at + 1) }
}

/** Ends as `diff` does: 0 for no difference, 1 for any. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('what differs between two namespaces, or two clusters; exit code 1 when anything does')
    .argument('<left>', 'cluster/namespace, or cluster')
    .argument('<right>', 'as many parts as the left one')
    .option('-a, --application <application>', 'only what this application applied')
    .action(async (left: string, right: string, options: { application?: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const view = await api.fleet.compare.query({ left: sideOf(left), right: sideOf(right), ...options })
      for (const words of view.leftOut) out.say(`not compared: ${words}`)
      out.result(view, compareText)
      if (hasDifferences(view)) throw new Ended(exitCodes.failed, summaryOf(view))
      out.say(summaryOf(view))
    })
}
