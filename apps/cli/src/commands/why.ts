import type { Command } from 'commander'
import { whyText } from '../why-text'
import { contextOf } from './command-context'

interface WhyOptions {
  readonly namespace: string
  readonly cluster: string
  readonly placement?: boolean
}

export function addWhy(program: Command): void {
  program
    .command('why')
    .description('why a pod is pending, crashing or not ready')
    .argument('<pod>')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .option('--placement', 'also why it is on its node: the scores of the nodes that fit')
    .action(async (pod: string, options: WhyOptions, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.pod.why.query({ ...options, pod }), (why) => whyText(why))
    })
}
