import type { ClusterId } from '@fairlead/contracts/ids'
import { columnsOf, kindOfWord, type ObjectList, type WatchedKind } from '@fairlead/contracts/inventory'
import { Option, type Command } from 'commander'
import { age, table } from '../output'
import { contextOf, pairs, type CommandContext } from './command-context'
import { getCustom } from './get-custom'
import { namespaceOf, outputFormats, outputOf, printYaml, type GetOptions } from './get-options'

export function addGet(program: Command): void {
  program
    .command('get')
    .description("kubectl's words, over all clusters")
    .argument('<kind>', 'pods, po, deploy, svc, no …, or a kind that a cluster defines')
    .argument('[name]')
    .option('-A, --all-namespaces')
    .option('-n, --namespace <namespace>')
    .option('--cluster <cluster>', 'one cluster; without it, all of them')
    .option('--all-clusters', 'the default, spelled out')
    .option('-l, --selector <labels>', 'k=v,k2=v2')
    .option('-w, --watch', 'go on, and print rows as they change')
    .addOption(new Option('-o, --output <format>', 'instead of the usual columns').choices(outputFormats))
    .action(async (word: string, name: string | undefined, options: GetOptions, command: Command) => {
      const given = contextOf(command)
      const context = { ...given, out: outputOf(given, options) }
      const kind = kindOfWord(word)
      if (kind === undefined) return getCustom(context, { word, name }, options)
      const list = async (): Promise<ObjectList> => named(await fetchList(context, kind, options), name)
      const first = await list()
      if (options.output === 'yaml') return printYaml(context.out, first.rows.map(yamlOf(context)))
      print(context, kind, first.rows, first)
      if (options.watch === true) await follow(context, kind, first, list)
    })
}

const yamlOf =
  ({ api }: CommandContext) =>
  ({ clusterId, kind, namespace, name }: ObjectList['rows'][number]) =>
  () =>
    api.object.yaml.query({ cluster: clusterId as ClusterId, kind, namespace, name })

async function fetchList(
  context: CommandContext,
  kind: WatchedKind,
  options: GetOptions,
): Promise<ObjectList> {
  const clusters =
    options.cluster === undefined
      ? []
      : [(await context.api.cluster.get.query({ cluster: options.cluster })).cluster.id]
  const namespace = namespaceOf(options)
  return context.api.object.list.query({
    kinds: [kind],
    clusters,
    labels: pairs(options.selector?.split(',') ?? []),
    ...(namespace === undefined ? {} : { namespace }),
  })
}

const named = (list: ObjectList, name: string | undefined): ObjectList =>
  name === undefined ? list : { ...list, rows: list.rows.filter((row) => row.name === name) }

function print(context: CommandContext, kind: WatchedKind, rows: ObjectList['rows'], list: ObjectList): void {
  const clusterName = new Map(list.clusters.map((cluster) => [cluster.id, cluster.name]))
  const stale = list.clusters.filter((cluster) => cluster.freshness.state !== 'live')
  for (const cluster of stale)
    context.out.say(
      `${cluster.name}: ${cluster.freshness.state}${cluster.freshness.lastSeenAt === null ? '' : `, last seen ${age(cluster.freshness.lastSeenAt)} ago`}`,
    )
  for (const { clusterId, namespace, message } of list.denied) {
    const where = namespace === null ? '' : `, ${namespace}`
    context.out.say(
      `${clusterName.get(clusterId) ?? clusterId}${where}: not permitted${message === null ? '' : `: ${message}`}`,
    )
  }
  const headers = ['cluster', 'namespace', 'name', ...columnsOf[kind], 'age']
  const cells = rows.map((row) => [
    clusterName.get(row.clusterId) ?? row.clusterId,
    row.namespace ?? '-',
    row.name,
    ...columnsOf[kind].map((column) => row.cells[column] ?? ''),
    age(row.createdAt),
  ])
  context.out.result(rows, () => (rows.length === 0 ? 'No resources found.' : table(headers, cells)))
}

const pollMs = 1_000

async function follow(
  context: CommandContext,
  kind: WatchedKind,
  first: ObjectList,
  list: () => Promise<ObjectList>,
): Promise<never> {
  const seen = new Map(first.rows.map((row) => [row.uid, JSON.stringify(row.cells)]))
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    const next = await list()
    const changed = next.rows.filter((row) => seen.get(row.uid) !== JSON.stringify(row.cells))
    for (const row of changed) seen.set(row.uid, JSON.stringify(row.cells))
    if (changed.length > 0) print(context, kind, changed, next)
  }
}
