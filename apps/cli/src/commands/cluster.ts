import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { age, table } from '../output'
import { addClusterActing } from './cluster-acting'
import { addClusterInsight } from './cluster-insight'
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
          row.nodes === null ? 'not permitted' : `${row.nodes.ready}/${row.nodes.total}`,
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
      const [detail, controlPlane] = await Promise.all([
        api.cluster.get.query({ cluster: name }),
        api.cluster.controlPlane.query({ cluster: name }),
      ])
      const components = controlPlane.components.map((row) => [
        row.component,
        row.state,
        row.evidence,
        row.now ?? '',
      ])
      const nodes = detail.nodes.map((row) => [
        row.name,
        row.status,
        row.roles,
        row.version,
        `${row.pods}/${row.podsAllocatable}`,
      ])
      out.result(
        { ...detail, controlPlane: controlPlane.components },
        () =>
          `${detail.cluster.name} (${detail.cluster.environment}), ${detail.cluster.freshness.state}\n\n${table(['component', 'state', 'evidence', 'what it means now'], components)}\n\n${table(['node', 'status', 'roles', 'version', 'pods'], nodes)}`,
      )
    })
  addClusterInsight(cluster)
  addClusterActing(cluster)
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
