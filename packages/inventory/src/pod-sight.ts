import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { Freshness } from '@fairlead/contracts/freshness'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import { textsIn } from '@fairlead/contracts/loose-json'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { getObject } from '@fairlead/kube/objects'
import type { ClusterConnections } from './connections'
import { usedUp } from './quota-used-up'
import { clusterFreshness, clusterRows, identitiesOf, identityOf } from './verbs/cluster-rows'
import { visibleObjects } from './visible'

type Pairs = Readonly<Record<string, string>>
type Sql = ReturnType<typeof Prisma.sql>

/** Of one wish; whoever makes more pods of a kind than this at once sees the newest. */
const mostPods = 200
const mostQuotas = 50

/** The rows of `o`, with its cluster as `c`, at these `cluster/namespace` or `cluster/*`; empty: anywhere. */
const at = (places: readonly string[]): Sql =>
  places.length === 0
    ? Prisma.sql`TRUE`
    : Prisma.sql`(c.name || '/*' = ANY(${[...places]}) OR c.name || '/' || o.namespace = ANY(${[...places]}))`

interface FoundPod {
  readonly clusterId: string
  readonly row: string
  readonly state: string | null
  readonly node: string | null
}

/** What was seen of clusters, for rooms that make pods and know no cluster: by labels, and as far as the actor sees. */
export const podSight = (db: InventoryDb, connections: Pick<ClusterConnections, 'clientOf'>) => ({
  pods: (actor: Actor, wish: { readonly labels: Pairs; readonly places: readonly string[] }) =>
    podsWith(db, actor, wish),
  pod: (actor: Actor, ref: PodRef, signal?: AbortSignal) =>
    onePod({ db, connections }, actor, { ref, signal }),
  fullQuotas: (actor: Actor, places: readonly string[]) => fullQuotas(db, actor, places),
  clusters: (actor: Actor, places: readonly string[], now: Date) => lookedInto(db, actor, { places, now }),
})

async function podsWith(
  db: InventoryDb,
  actor: Actor,
  { labels, places }: { readonly labels: Pairs; readonly places: readonly string[] },
) {
  const found = await db.$queryRaw<FoundPod[]>(Prisma.sql`
    SELECT o."clusterId", o."row", o.state, o."nodeName" AS node
    FROM inventory_objects o JOIN clusters c ON c.id = o."clusterId"
    WHERE o.kind = 'Pod' AND o.labels @> ${JSON.stringify(labels)}::jsonb AND ${at(places)} AND ${visibleObjects(actor)}
    ORDER BY o."createdAt" DESC, o.uid LIMIT ${mostPods}`)
  if (found.length === 0) return []
  const ids = [...new Set(found.map(({ clusterId }) => clusterId))]
  const identities = identitiesOf(await clusterRows(db, actor, ids))
  return found.flatMap(({ clusterId, row, state, node }) => {
    const cluster = identities.get(clusterId)
    const { uid, name, namespace, createdAt, cells, labels: own } = JSON.parse(row) as ObjectRow
    if (cluster === undefined || namespace === null) return []
    const status = cells['Status'] ?? ''
    return [
      { cluster, namespace, name, uid, status, state: state ?? 'pending', node, labels: own, createdAt },
    ]
  })
}

interface PodRef {
  readonly cluster: string
  readonly namespace: string
  readonly pod: string
}

/** Annotations are not kept: they are asked for live, and left out while the cluster says nothing. */
async function onePod(
  {
    db,
    connections,
  }: { readonly db: InventoryDb; readonly connections: Pick<ClusterConnections, 'clientOf'> },
  actor: Actor,
  { ref, signal }: { readonly ref: PodRef; readonly signal: AbortSignal | undefined },
) {
  const [found] = await db.$queryRaw<{ name: string; labels: Pairs }[]>(Prisma.sql`
    SELECT c.name, o.labels FROM inventory_objects o JOIN clusters c ON c.id = o."clusterId"
    WHERE o."clusterId" = ${ref.cluster}::uuid AND o.kind = 'Pod' AND o.namespace = ${ref.namespace}
      AND o.name = ${ref.pod} AND ${visibleObjects(actor)} LIMIT 1`)
  if (found === undefined) return null
  const { name: cluster, labels } = found
  const asked = { apiVersion: 'v1', kind: 'Pod', namespace: ref.namespace, name: ref.pod }
  const live = await connections
    .clientOf(ref.cluster)
    .then((client) => getObject(client, asked, { signal }))
    .catch((error: unknown) => {
      if (isFairleadError(error)) return null
      throw error
    })
  return { cluster, labels, annotations: textsIn(live?.metadata.annotations) }
}

interface FoundQuota {
  readonly clusterId: string
  readonly namespace: string
  readonly name: string
  readonly summary: { readonly hard?: Pairs; readonly used?: Pairs }
}

/** Quotas of which something is used up. */
async function fullQuotas(db: InventoryDb, actor: Actor, places: readonly string[]) {
  const quotas = await db.$queryRaw<FoundQuota[]>(Prisma.sql`
    SELECT o."clusterId", o.namespace, o.name, o.summary
    FROM inventory_objects o JOIN clusters c ON c.id = o."clusterId"
    WHERE o.kind = 'ResourceQuota' AND ${at(places)} AND ${visibleObjects(actor)}
    ORDER BY o.namespace, o.name, o.uid LIMIT ${mostQuotas}`)
  const identities = identitiesOf(await clusterRows(db, actor))
  return quotas.flatMap(({ clusterId, namespace, name, summary }) => {
    const cluster = identities.get(clusterId)
    const resources = usedUp(summary.hard ?? {}, summary.used ?? {})
    return cluster === undefined || resources.length === 0 ? [] : [{ cluster, namespace, name, resources }]
  })
}

/** Which clusters a look at these places goes to, and which of them are not known as they are now. */
async function lookedInto(
  db: InventoryDb,
  actor: Actor,
  { places, now }: { readonly places: readonly string[]; readonly now: Date },
): Promise<{ count: number; notLive: (ClusterIdentity & { freshness: Freshness })[] }> {
  const named = new Set(places.map((place) => place.split('/')[0]))
  const all = await clusterRows(db, actor)
  const looked = places.length === 0 ? all : all.filter(({ name }) => named.has(name))
  const notLive = looked
    .map((row) => ({ ...identityOf(row), freshness: clusterFreshness(row, now) }))
    .filter(({ freshness }) => freshness.state !== 'live')
  return { count: looked.length, notLive }
}
