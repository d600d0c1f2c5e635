import type { ObjectRow, PodRow, RevisionRow } from '@fairlead/contracts/inventory'
import type { Verdict } from '@fairlead/contracts/verdict'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import type { PodSummary } from '../summarize/pod'
import type { ReplicaSetSummary, WorkloadSummary } from '../summarize/workload'
import { visibleObjects } from '../visible'
import type { ObjectPlace } from './object-yaml'

export interface Member<S = unknown> {
  readonly row: ObjectRow
  readonly summary: S
  readonly verdict: Verdict | null
  readonly nodeName: string | null
}

/** An object and everything that it owns, down to the pods. */
export interface Family {
  readonly root: Member
  readonly replicaSets: readonly Member<ReplicaSetSummary>[]
  readonly pods: readonly Member<PodSummary>[]
  readonly uids: readonly string[]
}

/** CronJob → Job → pod and Deployment → ReplicaSet → pod are the longest. */
const deepest = 2
const mostMembers = 5_000

export async function readFamily(
  db: Pick<InventoryDb, '$queryRaw'>,
  actor: Actor,
  ref: ObjectPlace & { readonly name: string },
): Promise<Family> {
  const read = await db.$queryRaw<(Omit<Member, 'row'> & { readonly row: string })[]>(Prisma.sql`
    WITH RECURSIVE family AS (
      SELECT o."clusterId", o.uid, 0 AS depth FROM inventory_objects o
      WHERE o."clusterId" = ${ref.cluster}::uuid AND o.kind = ${ref.kind} AND o.name = ${ref.name}
        AND o.namespace IS NOT DISTINCT FROM ${ref.namespace} AND ${visibleObjects(actor)}
      UNION
      SELECT o."clusterId", o.uid, f.depth + 1 FROM family f
        JOIN inventory_objects o ON o."clusterId" = f."clusterId" AND o."ownerUid" = f.uid
      WHERE f.depth < ${deepest})
    SELECT o."row", o.summary, o.verdict, o."nodeName" FROM family f
      JOIN inventory_objects o ON o."clusterId" = f."clusterId" AND o.uid = f.uid
    ORDER BY f.depth, o."createdAt" DESC, o.name LIMIT ${mostMembers}`)
  const found = read.map((member): Member => ({ ...member, row: JSON.parse(member.row) as ObjectRow }))
  const [root] = found
  if (root === undefined) throw notFound('object')
  const ofKind = <S>(kind: string) => found.filter((member) => member.row.kind === kind) as Member<S>[]
  return {
    root,
    replicaSets: ofKind<ReplicaSetSummary>('ReplicaSet'),
    pods: ofKind<PodSummary>('Pod'),
    uids: found.map((member) => member.row.uid),
  }
}

/** ReplicaSets of a Deployment, newest revision first; of other kinds what their pods carry as revision. */
export function revisionsOf({ root, replicaSets, pods }: Family): readonly RevisionRow[] {
  const { revision: current } = root.summary as WorkloadSummary
  if (root.row.kind === 'Deployment')
    return replicaSets
      .map(({ row, summary }) => ({
        uid: row.uid,
        name: row.name,
        revision: summary.revision ?? '',
        current: summary.revision !== null && summary.revision === current,
        replicas: summary.current,
        ready: summary.ready,
        desired: summary.desired,
        images: row.images,
        createdAt: row.createdAt,
      }))
      .sort((left, right) => Number(right.revision) - Number(left.revision))
  if (root.row.kind !== 'StatefulSet' && root.row.kind !== 'DaemonSet') return []
  const hashes = [...new Set(pods.map((pod) => pod.summary.revision ?? ''))].filter((hash) => hash !== '')
  return hashes.map((hash) => revisionOfPods(hash, { root, pods, newest: current ?? hashes[0] ?? '' }))
}

function revisionOfPods(
  hash: string,
  of: Pick<Family, 'root' | 'pods'> & { readonly newest: string },
): RevisionRow {
  const own = of.pods.filter((pod) => pod.summary.revision === hash)
  const name = hash.startsWith(`${of.root.row.name}-`) ? hash : `${of.root.row.name}-${hash}`
  return {
    uid: `${of.root.row.uid}/${hash}`,
    name,
    revision: hash,
    current: hash === of.newest || name === of.newest,
    replicas: own.length,
    ready: own.filter(({ summary }) => summary.conditions.some(isReady)).length,
    desired: own.length,
    images: own[0]?.row.images ?? [],
    createdAt: own.map(({ row }) => row.createdAt).sort()[0] ?? of.root.row.createdAt,
  }
}

const isReady = ({ type, status }: { type: string; status: string }): boolean =>
  type === 'Ready' && status === 'True'

export function podRowsOf({ pods, replicaSets, root }: Family): readonly PodRow[] {
  const revisions = new Map(replicaSets.map(({ row, summary }) => [row.uid, summary.revision]))
  const own = root.row.kind === 'Pod' ? [root as Member<PodSummary>] : pods
  return own.map(({ row, summary, nodeName }) => ({
    ...row,
    containers: summary.containers,
    nodeName,
    revision: revisions.get(row.ownerUid ?? '') ?? summary.revision,
  }))
}
