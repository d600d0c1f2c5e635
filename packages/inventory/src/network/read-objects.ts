import type { PlainObject } from '@fairlead/insight/network/plain'
import { addedKinds, workloadKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { visibleObjects } from '../visible'
import { plainObject, type NetworkRow } from './plain-objects'

type Reader = Pick<InventoryDb, '$queryRaw' | 'clusterSource'>

/** Few of each: read for the whole cluster, as they refer to each other across namespaces. */
export const wideKinds: readonly WatchedKind[] = [
  'Service',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'Node',
  'Namespace',
  ...addedKinds,
]
/** Many: read for the namespaces that a path goes through. Workloads tell whose pods they are. */
export const deepKinds: readonly WatchedKind[] = ['EndpointSlice', 'Pod', 'ReplicaSet', ...workloadKinds]

export interface Wanted {
  readonly clusters: readonly string[]
  readonly kinds: readonly WatchedKind[]
  /** null: all. */
  readonly namespaces: readonly string[] | null
}

export interface ReadObject {
  readonly clusterId: string
  readonly createdAt: Date
  readonly object: PlainObject
}

/** What the actor may see of these kinds. */
export async function readObjects(db: Reader, actor: Actor, wanted: Wanted): Promise<readonly ReadObject[]> {
  if (wanted.clusters.length === 0 || wanted.namespaces?.length === 0) return []
  const within =
    wanted.namespaces === null ? Prisma.sql`TRUE` : Prisma.sql`o.namespace = ANY(${[...wanted.namespaces]})`
  const rows = await db.$queryRaw<(NetworkRow & { clusterId: string })[]>(Prisma.sql`
    SELECT o."clusterId", o.kind, o.uid, o.namespace, o.name, o."createdAt", o.labels, o."ownerUid",
      o.summary->'kept' AS kept, CASE WHEN o.kind = 'Pod' THEN o.summary->>'phase' END AS phase,
      CASE WHEN o.kind = 'Pod' THEN o.summary->'conditions' END AS conditions,
      CASE WHEN o.kind = 'Pod' THEN o.summary->'containers' END AS containers
    FROM inventory_objects o
    WHERE o."clusterId" = ANY(${[...wanted.clusters]}::uuid[]) AND o.kind = ANY(${[...wanted.kinds]})
      AND ${within} AND ${visibleObjects(actor)}`)
  return rows.map(({ clusterId, ...row }) => ({
    clusterId,
    createdAt: row.createdAt,
    object: plainObject(row),
  }))
}

/** What is not known whole, by cluster: never listed, or not permitted. A kind that is not there is known: none of it. */
export async function unreadKinds(
  db: Pick<Reader, 'clusterSource'>,
  clusters: readonly string[],
  kinds: readonly WatchedKind[] = [...wideKinds, ...deepKinds, 'Secret'],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const sources = await db.clusterSource.findMany({
    where: { clusterId: { in: [...clusters] } },
    select: { clusterId: true, kind: true, namespace: true, state: true, syncedAt: true },
  })
  return new Map(
    clusters.map((clusterId) => {
      const own = sources.filter((source) => source.clusterId === clusterId)
      const read = (kind: string): boolean => {
        const parts = own.filter((source) => source.kind === kind)
        const known = parts.filter(({ state, syncedAt }) => syncedAt !== null && state !== 'forbidden')
        // Routes refer to gateways of other namespaces, which nobody looked for where only some are watched.
        const partly =
          addedKinds.some((added) => added === kind) && parts.some(({ namespace }) => namespace !== '')
        return parts.length > 0 && known.length === parts.length && !partly
      }
      return [clusterId, new Set(kinds.filter((kind) => !read(kind)))]
    }),
  )
}

/** The newest word of kubelets about probes that fail, one per pod. */
export async function probeEvents(
  db: Reader,
  clusterId: string,
  namespaces: readonly string[],
): Promise<readonly PlainObject[]> {
  const rows = await db.$queryRaw<{ namespace: string; name: string; message: string }[]>(Prisma.sql`
    SELECT DISTINCT ON (o.namespace, o."objectName") o.namespace, o."objectName" AS name, left(o.message, 300) AS message
    FROM cluster_events o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.namespace = ANY(${[...namespaces]}) AND o.reason = 'Unhealthy'
      AND o.message LIKE 'Readiness probe%'
    ORDER BY o.namespace, o."objectName", o."lastAt" DESC LIMIT 1000`)
  return rows.map(({ namespace, name, message }) => ({
    kind: 'Event',
    metadata: { name, namespace },
    reason: 'Unhealthy',
    message,
    involvedObject: { kind: 'Pod', namespace, name },
  }))
}
