import type { CustomColumn, CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { apiVersionOf } from '@fairlead/kube/custom-kind'
import { listAsTable, type ServerTable } from '@fairlead/kube/table'
import type { ClusterConnections } from '../connections'
import { plainCell } from '../summarize/plain-cell'
import { readPages, type AskedNamespaces, type Pages } from './custom-pages'
import { customScope, explained, type CustomScope } from './custom-scope'

/** Never the whole cluster for somebody who sees some of its namespaces. */
function namespacesToAsk(scope: CustomScope, wanted: string | undefined): AskedNamespaces {
  const { cluster, kind, visibility } = scope
  if (!kind.namespaced) return [null]
  if (wanted !== undefined) {
    if (!visibility.sees(cluster.id, wanted)) throw notFound('namespace')
    return [wanted]
  }
  const seen = visibility.namespacesIn(cluster.id)
  return seen === 'all' ? [null] : seen
}

const columnOf = ({ name, description, priority }: ServerTable['columns'][number]): CustomColumn => ({
  name: plainCell(name),
  description: plainCell(description),
  wide: priority > 0,
})

/** The server's first column is the name, which every row has anyway. */
const isName = ({ name }: ServerTable['columns'][number], index: number): boolean =>
  index === 0 && name.toLowerCase() === 'name'

function shown({ columns, rows }: Pages): Pick<CustomObjectPage, 'columns' | 'rows'> {
  const kept = columns.flatMap((column, index) => (isName(column, index) ? [] : [{ column, index }]))
  return {
    columns: kept.map(({ column }) => columnOf(column)),
    rows: rows.map(({ namespace, name, cells }) => ({
      namespace,
      name: plainCell(name),
      cells: kept.map(({ index }) => plainCell(cells[index] ?? '')),
    })),
  }
}

/** A row outside what was asked would be shown to somebody who may not see it: no server of Kubernetes sends one. */
function assertWithin(table: ServerTable, namespace: string | null): ServerTable {
  if (namespace !== null && table.rows.some((row) => row.namespace !== namespace))
    throw new FairleadError(
      'cluster_refused',
      `The API server answered with objects outside the namespace ${namespace}`,
    )
  return table
}

const selectorOf = (labels: ParsedOf<'custom.list'>['labels']): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/**
 * Live, by the server's own Table, as whoever the cluster is to see: what may be seen is decided here too. Nothing is
 * kept: a custom kind may be anything, and its objects many.
 */
export const customList = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('custom.list', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<CustomObjectPage> => {
      const scope = await customScope(context, connections, input)
      const { client, kind } = scope
      const namespaces = namespacesToAsk(scope, input.namespace)
      const target = {
        apiVersion: apiVersionOf(kind),
        plural: kind.plural,
        labelSelector: selectorOf(input.labels),
        signal: context.signal,
      }
      const pages = await explained(
        readPages({
          namespaces,
          cursor: input.cursor,
          limit: input.limit,
          ask: async ({ namespace, ...page }) =>
            assertWithin(
              await client.listSlot(() =>
                listAsTable(client, { ...target, ...page, namespace: namespace ?? undefined }),
              ),
              namespace,
            ),
        }),
      )
      return {
        cluster: scope.cluster,
        kind,
        ...shown(pages),
        namespaces: kind.namespaced ? scope.visibility.namespacesIn(scope.cluster.id) : null,
        next: pages.next,
        remaining: pages.remaining,
        at: context.now.toISOString(),
      }
    },
  })
