import type { Command } from 'commander'
import { whyText } from '../why-text'
import { contextOf } from './command-context'

export function addWhy(program: Command): void {
  program
    .command('why')
    .description('why a pod is pending, crashing or not ready')
    .argument('<pod>')
    .requiredOption('-n, --namespace <namespace>')
    .requiredOption('--cluster <cluster>')
    .action(async (pod: string, options: { namespace: string; cluster: string }, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.pod.why.query({ ...options, pod }), (why) => whyText(why))
    })
}
