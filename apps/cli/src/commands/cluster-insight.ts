import { complexityFactors } from '@fairlead/contracts/complexity'
import type { Command } from 'commander'
import { table } from '../output'
import { contextOf } from './command-context'

/** `fairlead cluster complexity` and `fairlead cluster upgrade`. */
export function addClusterInsight(cluster: Command): void {
  cluster
    .command('complexity')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const view = await api.cluster.complexity.query({ cluster: name })
      const rows = view.items.map(({ factor, count, weight, evidence }) => [
        String(weight),
        complexityFactors[factor].title,
        String(count),
        evidence[0]?.words ?? '',
      ])
      for (const words of view.unknown) out.say(`unknown: ${words}`)
      out.result(
        view,
        () =>
          `${name}: ${view.score} of a budget of ${view.budget}\n\n${table(['weight', 'what', 'count', 'evidence'], rows)}`,
      )
    })
  cluster
    .command('upgrade')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const view = await api.cluster.upgrade.query({ cluster: name })
      const rows = view.checks.map(({ title, state, words }) => [state, title, words])
      out.result(
        view,
        () =>
          `${view.version ?? 'unknown'} to ${view.next ?? 'unknown'}: ${view.state}\n\n${table(['state', 'check', 'found'], rows)}`,
      )
    })
}
