import type { ObjectRow } from '@fairlead/contracts/inventory'
import { recordIn, recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import type { EndpointSliceSummary, ServiceSummary } from '../summarize/network'
import { deniedSources } from './denied-sources'

interface Asked {
  readonly clusterId: string
  readonly namespace: string | null
  readonly pods: readonly Pick<ObjectRow, 'name' | 'labels'>[]
}

interface SeenRow {
  readonly kind: string
  readonly summary: unknown
  readonly observedAt: Date
}

export interface Offers {
  /**
   * By pod: when the EndpointSlice that offers it as ready was last seen to change. Kubernetes itself keeps no such time,
   * so it is the latest at which the offer can have begun.
   */
  readonly since: ReadonlyMap<string, string>
  /** null where Services may not be read. */
  readonly hasService: boolean | null
}

function offered({ kept }: EndpointSliceSummary): readonly string[] {
  return recordsIn(recordIn(kept.fields)['endpoints'])
    .filter((endpoint) => recordIn(endpoint['conditions'])['ready'] !== false)
    .filter((endpoint) => textListIn(endpoint['addresses']).length > 0)
    .map((endpoint) => recordIn(endpoint['targetRef']))
    .filter((target) => target['kind'] === 'Pod')
    .map((target) => textIn(target['name']))
}

function selects({ selector }: ServiceSummary, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

/** What Services and their EndpointSlices, as they are stored, offer of these pods. */
export async function offersOf(
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  { clusterId, namespace, pods }: Asked,
): Promise<Offers> {
  const kinds = ['Service', 'EndpointSlice']
  const [rows, sources] = await Promise.all([
    db.$queryRaw<SeenRow[]>(Prisma.sql`
      SELECT kind, summary, "observedAt" FROM inventory_objects
      WHERE "clusterId" = ${clusterId}::uuid AND kind = ANY(${kinds}) AND namespace = ${namespace}`),
    deniedSources(db, actor, { kinds, clusters: [clusterId], namespace: namespace ?? undefined }),
  ])
  const since = new Map<string, string>()
  for (const { kind, summary, observedAt } of rows)
    if (kind === 'EndpointSlice')
      for (const name of offered(summary as EndpointSliceSummary)) {
        const at = observedAt.toISOString()
        const other = since.get(name)
        since.set(name, other === undefined || at < other ? at : other)
      }
  const services = rows
    .filter(({ kind }) => kind === 'Service')
    .map(({ summary }) => summary as ServiceSummary)
  const isSelected = services.some((service) => pods.some(({ labels }) => selects(service, labels)))
  const isUnseen = sources.length > 0 || pods.length === 0
  return { since, hasService: isSelected || (isUnseen ? null : false) }
}
