import type { Prisma, WorkloadDb } from '@fairlead/db/views'
import { z } from 'zod'
import { identityOfKey, type ObjectIdentity } from '../manifest/object-key'

const upkeepSchema = z.object({
  kind: z.enum(['prune', 'hold', 'release', 'unstick']),
  key: z.string(),
  /** Of the pod that was meant, since its StatefulSet makes another one of its name. */
  uid: z.string().nullable(),
})
export type IntendedUpkeep = z.infer<typeof upkeepSchema>

/** What our own applies did on one target. */
const appliedSchema = z.object({
  /** The release that was applied, or refused, last; null before any. */
  releaseId: z.string().nullable(),
  /** By object key; the generation is the floor under every verdict. */
  objects: z.record(z.string(), z.object({ uid: z.string(), generation: z.number() })),
  /** Every object that this rollout set out to apply there, written before the first: a rollback prunes from it. */
  touched: z.array(z.string()),
  /** What the API server refused to delete: it stays, and is not tried again. */
  kept: z.array(z.string()).default([]),
  /** What is being put right, all of one kind: written before the first of it and until it is told. */
  upkeep: z.array(upkeepSchema).default([]),
})
export type Applied = z.infer<typeof appliedSchema>

export const nothingApplied: Applied = { releaseId: null, objects: {}, touched: [], kept: [], upkeep: [] }
export const appliedOf = (column: unknown): Applied => appliedSchema.catch(nothingApplied).parse(column)
export const appliedJson = (applied: Applied): Prisma.InputJsonObject => ({ ...applied })

interface EarlierOn {
  readonly applicationId: string
  readonly stage: string
  /** Only of these. */
  readonly clusters: readonly string[] | null
}
type Targets = Pick<WorkloadDb, 'rolloutTarget'>

/** Rollouts to look back at, where each is of many targets. */
const lookBack = 20
const atLeast = 200

/** By cluster: objects that rollouts of this stage applied, back to the last one that finished its pruning. */
export const earlierObjects = (db: Targets, applicationId: string, stage: string) =>
  earlierObjectsOn(db, { applicationId, stage, clusters: null })

export async function earlierObjectsOn(
  db: Targets,
  asked: EarlierOn,
): Promise<ReadonlyMap<string, readonly ObjectIdentity[]>> {
  const some = await rowsOf(db, asked, Math.max(atLeast, lookBack * (asked.clusters?.length ?? 0)))
  const fleet = new Set(some.map(({ clusterId }) => clusterId)).size
  const rows =
    asked.clusters === null && fleet * lookBack > atLeast ? await rowsOf(db, asked, fleet * lookBack) : some
  const keys = new Map<string, Set<string>>()
  const closed = new Set<string>()
  for (const row of rows) {
    if (closed.has(row.clusterId)) continue
    if (row.state === 'converged' || row.state === 'rolled_back') closed.add(row.clusterId)
    const known = keys.get(row.clusterId) ?? new Set<string>()
    keys.set(row.clusterId, known)
    for (const key of appliedOf(row.applied).touched) known.add(key)
  }
  return new Map([...keys].map(([clusterId, set]) => [clusterId, [...set].map(identityOfKey)]))
}

const rowsOf = (db: Targets, { applicationId, stage, clusters }: EarlierOn, take: number) =>
  db.rolloutTarget.findMany({
    where: {
      stage: { name: stage, startedAt: { not: null }, rollout: { applicationId } },
      ...(clusters === null ? {} : { clusterId: { in: [...clusters] } }),
    },
    orderBy: { stage: { rollout: { number: 'desc' } } },
    select: { clusterId: true, state: true, applied: true },
    take,
  })
