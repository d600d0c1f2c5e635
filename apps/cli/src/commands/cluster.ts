import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { age, table } from '../output'
import { addRegistration } from './cluster-registration'
import { contextOf } from './command-context'

export function addCluster(program: Command): void {
  const cluster = program.command('cluster').description('register and inspect clusters')
  addRegistration(cluster)
  cluster.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    const { clusters } = await api.fleet.get.query({})
    out.result(clusters, () =>
      table(
        ['name', 'environment', 'state', 'last seen', 'version', 'nodes', 'converged', 'degraded'],
        clusters.map((row) => [
          row.name,
          row.environment,
          row.freshness.state,
          row.freshness.lastSeenAt === null ? 'never' : age(row.freshness.lastSeenAt),
          row.version ?? '-',
          `${row.nodes.ready}/${row.nodes.total}`,
          String(row.workloads.converged),
          String(row.workloads.degraded),
        ]),
      ),
    )
  })
  cluster
    .command('show')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const detail = await api.cluster.get.query({ cluster: name })
      const components = detail.controlPlane.map((row) => [row.component, row.state, row.evidence])
      const nodes = detail.nodes.map((row) => [
        row.name,
        row.status,
        row.roles,
        row.version,
        `${row.pods}/${row.podsAllocatable}`,
      ])
      out.result(
        detail,
        () =>
          `${detail.cluster.name} (${detail.cluster.environment}), ${detail.cluster.freshness.state}\n\n${table(['component', 'state', 'evidence'], components)}\n\n${table(['node', 'status', 'roles', 'version', 'pods'], nodes)}`,
      )
    })
  cluster
    .command('check')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const check = await api.cluster.check.query({ cluster: name })
      out.result(check, () =>
        table(
          ['step', 'result', 'message'],
          check.steps.map((step) => [step.step, step.passed ? 'ok' : 'failed', step.message]),
        ),
      )
      if (!check.passed) throw new Ended(exitCodes.unreachable, `The check of ${name} failed.`)
    })
  cluster
    .command('remove')
    .argument('<name>')
    .requiredOption('--confirm <name>', 'the name once more')
    .action(async (name: string, options: { confirm: string }, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(
        await api.cluster.remove.mutate({ cluster: name, confirm: options.confirm }),
        () => `Removed ${name}.`,
      )
    })
}
