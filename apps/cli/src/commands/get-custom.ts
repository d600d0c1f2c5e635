import {
  definitionsOfWord,
  type CustomKindRow,
  type CustomObjectPage,
} from '@fairlead/contracts/custom-objects'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import { watchedKindNames } from '@fairlead/contracts/kinds'
import { table } from '../output'
import { pairs, type CommandContext } from './command-context'
import { namespaceOf, printYaml, type GetOptions } from './get-options'

type Row = CustomObjectPage['rows'][number]
/** All that one cluster holds of the kind. */
interface Held {
  readonly cluster: string
  readonly definition: string
  readonly columns: CustomObjectPage['columns']
  readonly rows: readonly Row[]
}

/** What a word means that is no kind Fairlead watches: something that a cluster's own definitions define. */
async function definitionsOf(
  context: CommandContext,
  word: string,
  cluster: string | undefined,
): Promise<readonly { readonly cluster: string; readonly definition: string }[]> {
  const { kinds, clusters } = await context.api.custom.kinds.query({})
  const nameOf = new Map(clusters.map(({ id, name }) => [id, name]))
  const found = definitionsOfWord(word, kinds).flatMap(({ clusterId, definition }) => {
    const name = nameOf.get(clusterId)
    return name === undefined || (cluster !== undefined && cluster !== name && cluster !== clusterId)
      ? []
      : [{ cluster: name, definition }]
  })
  assertOne(found, { word, cluster })
  return found
}

function assertOne(
  found: readonly Pick<CustomKindRow, 'definition'>[],
  { word, cluster }: { readonly word: string; readonly cluster: string | undefined },
): void {
  const names = [...new Set(found.map(({ definition }) => definition))]
  if (names.length === 1) return
  if (names.length > 1)
    throw new FairleadError('invalid', `"${word}" means several kinds.`, { expected: names.join(' or ') })
  const nowhere = cluster === undefined ? 'no cluster defines it' : `${cluster} does not define it`
  throw new FairleadError('invalid', `"${word}" is not a kind that Fairlead watches, and ${nowhere}.`, {
    expected: `${watchedKindNames.join(', ')}, or a kind of "fairlead get crd"`,
  })
}

async function read(
  { api }: CommandContext,
  at: { readonly cluster: string; readonly definition: string },
  options: GetOptions,
): Promise<Held> {
  const rows: Row[] = []
  const namespace = namespaceOf(options)
  const wanted = {
    ...at,
    labels: pairs(options.selector?.split(',') ?? []),
    ...(namespace === undefined ? {} : { namespace }),
  }
  let page = await api.custom.list.query(wanted)
  for (;;) {
    for (const row of page.rows) rows.push(row)
    if (page.next === null) return { ...at, columns: page.columns, rows }
    page = await api.custom.list.query({ ...wanted, cursor: page.next })
  }
}

/** One cluster that is silent hides nothing of the others; when none answers, why is the answer. */
async function readAll(
  context: CommandContext,
  places: readonly { readonly cluster: string; readonly definition: string }[],
  options: GetOptions,
): Promise<readonly Held[]> {
  const settled = await Promise.allSettled(places.map((place) => read(context, place, options)))
  const failed = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  if (failed.length === settled.length) throw failed[0]
  for (const [index, each] of settled.entries())
    if (each.status === 'rejected') context.out.say(`${places[index]?.cluster}: ${messageOf(each.reason)}`)
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

/** Clusters may serve a kind in versions of other columns: those alike share a table. */
export function customTables(held: readonly Held[], wide: boolean): string {
  const tables = new Map<string, { headers: readonly string[]; rows: (readonly string[])[] }>()
  for (const { cluster, columns, rows } of held) {
    const shown = columns.flatMap((column, index) => (wide || !column.wide ? [{ column, index }] : []))
    const headers = ['cluster', 'namespace', 'name', ...shown.map(({ column }) => column.name)]
    const key = JSON.stringify(headers)
    const at = tables.get(key) ?? { headers, rows: [] }
    tables.set(key, at)
    for (const { namespace, name, cells } of rows)
      at.rows.push([cluster, namespace ?? '-', name, ...shown.map(({ index }) => cells[index] ?? '')])
  }
  const filled = [...tables.values()].filter(({ rows }) => rows.length > 0)
  if (filled.length === 0) return 'No resources found.'
  return filled.map(({ headers, rows }) => table(headers, rows)).join('\n\n')
}

const documentsOf = (held: readonly Held[]) =>
  held.flatMap(({ cluster, definition, columns, rows }) =>
    rows.map(({ namespace, name, cells }) => ({
      cluster,
      definition,
      namespace,
      name,
      cells: Object.fromEntries(columns.map((column, index) => [column.name, cells[index] ?? ''])),
    })),
  )

/** `fairlead get` for what is not watched: every cluster that defines the word is asked, now. */
export async function getCustom(
  context: CommandContext,
  wanted: { readonly word: string; readonly name: string | undefined },
  options: GetOptions,
): Promise<void> {
  if (options.watch === true)
    throw new FairleadError('invalid', `"${wanted.word}" is not watched, so its changes can’t be followed.`, {
      remedy: 'Ask again without -w.',
    })
  const places = await definitionsOf(context, wanted.word, options.cluster)
  const held = (await readAll(context, places, options)).map((each) => ({
    ...each,
    rows: each.rows.filter((row) => wanted.name === undefined || row.name === wanted.name),
  }))
  const { out } = context
  if (options.output !== 'yaml')
    return out.result(documentsOf(held), () => customTables(held, options.output === 'wide'))
  await printYaml(
    out,
    held.flatMap(({ cluster, definition, rows }) =>
      rows.map(
        ({ namespace, name }) =>
          () =>
            context.api.custom.yaml.query({ cluster, definition, namespace, name }),
      ),
    ),
  )
}
