import { workloadKinds } from '@fairlead/contracts/kinds'
import { usageKeptDays } from '@fairlead/contracts/usage'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb, InventoryTx } from '@fairlead/db/views'
import { digestOf, joinDigests, type UsageDigest } from '@fairlead/insight/usage/digest'
import type { Lease } from '../lease'
import { sqlJson } from '../sql-json'
import type { SeenSample } from './samples'

type Reader = Pick<InventoryDb, '$queryRaw'>
const dayMs = 24 * 3_600_000

/** One day of one container of a workload. */
interface DayKey {
  readonly workloadUid: string
  readonly container: string
  /** `2026-11-28`, of UTC. */
  readonly day: string
}
export interface DayDigest extends DayKey {
  readonly digest: UsageDigest
}

const keyOf = ({ workloadUid, container, day }: DayKey): string => `${workloadUid} ${day} ${container}`

interface DigestRow extends DayKey, Omit<UsageDigest, 'firstAt' | 'lastAt'> {
  readonly firstAt: Date
  readonly lastAt: Date
}

const dayOf = ({ workloadUid, container, day, firstAt, lastAt, ...rest }: DigestRow): DayDigest => ({
  workloadUid,
  container,
  day,
  digest: { ...rest, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
})

/** Digests of a cluster from the day of `since` on, of one workload or of all. */
export async function readDays(
  db: Reader,
  clusterId: string,
  { since, workloadUid }: { readonly since: Date; readonly workloadUid?: string },
): Promise<readonly DayDigest[]> {
  const one = workloadUid === undefined ? Prisma.sql`TRUE` : Prisma.sql`d."workloadUid" = ${workloadUid}`
  const rows = await db.$queryRaw<DigestRow[]>(Prisma.sql`
    SELECT d."workloadUid", d.container, to_char(d.day, 'YYYY-MM-DD') AS day, d.samples, d."firstAt", d."lastAt",
      d."cpuMaxMillis", d."memoryMaxBytes", d.cpu, d.memory
    FROM usage_digests d WHERE d."clusterId" = ${clusterId}::uuid AND d.day >= ${since.toISOString().slice(0, 10)}::date
      AND ${one}`)
  return rows.map(dayOf)
}

export const keptSince = (now: Date): Date => new Date(now.getTime() - usageKeptDays * dayMs)

/** By workload, then by container: all that is kept of it as one. */
export function joinDays(days: readonly DayDigest[]): ReadonlyMap<string, ReadonlyMap<string, UsageDigest>> {
  const byWorkload = new Map<string, Map<string, UsageDigest>>()
  for (const { workloadUid, container, digest } of days) {
    const own = byWorkload.get(workloadUid) ?? new Map<string, UsageDigest>()
    const before = own.get(container)
    own.set(container, before === undefined ? digest : joinDigests(before, digest))
    byWorkload.set(workloadUid, own)
  }
  return byWorkload
}

interface Owned {
  readonly namespace: string
  readonly name: string
  readonly workloadUid: string
}

/** The workload that each pod belongs to: what somebody applied, over its ReplicaSet or Job. */
const ownersOf = (db: Reader, clusterId: string): Promise<Owned[]> =>
  db.$queryRaw<Owned[]>(Prisma.sql`
    SELECT p.namespace, p.name, coalesce(upper.uid, owner.uid) AS "workloadUid"
    FROM inventory_objects p
      JOIN inventory_objects owner ON owner."clusterId" = p."clusterId" AND owner.uid = p."ownerUid"
      LEFT JOIN inventory_objects upper ON upper."clusterId" = p."clusterId" AND upper.uid = owner."ownerUid"
    WHERE p."clusterId" = ${clusterId}::uuid AND p.kind = 'Pod'
      AND coalesce(upper.kind, owner.kind) = ANY(${[...workloadKinds]})`)

/** The days that samples of pods change, as they are with them. */
export async function foldedDays(
  db: Reader,
  clusterId: string,
  samples: readonly SeenSample[],
): Promise<readonly DayDigest[]> {
  if (samples.length === 0) return []
  const since = samples.map(({ at }) => at).reduce((first, at) => (at < first ? at : first))
  const [owned, stored] = await Promise.all([
    ownersOf(db, clusterId),
    readDays(db, clusterId, { since: new Date(since) }),
  ])
  const owners = new Map(
    owned.map(({ namespace, name, workloadUid }) => [`${namespace}/${name}`, workloadUid]),
  )
  const before = new Map(stored.map((day) => [keyOf(day), day.digest]))
  const folded = new Map<string, DayDigest>()
  for (const { namespace, name, at, containers } of samples) {
    const workloadUid = owners.get(`${namespace}/${name}`)
    if (workloadUid === undefined) continue
    for (const { container, ...amounts } of containers) {
      const day = { workloadUid, container, day: at.slice(0, 10) }
      const key = keyOf(day)
      const known = folded.get(key)?.digest ?? before.get(key)
      const own = digestOf({ at, ...amounts })
      folded.set(key, { ...day, digest: known === undefined ? own : joinDigests(known, own) })
    }
  }
  return [...folded.values()]
}

export async function storeDays(tx: InventoryTx, lease: Lease, days: readonly DayDigest[]): Promise<void> {
  if (days.length === 0) return
  const rows = days.map(({ digest, ...key }) => ({ ...key, ...digest }))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO usage_digests ("clusterId", "workloadUid", container, day, samples, "firstAt", "lastAt",
      "cpuMaxMillis", "memoryMaxBytes", cpu, memory)
    SELECT ${lease.clusterId}::uuid, "workloadUid", container, day, samples, "firstAt", "lastAt", "cpuMaxMillis",
      "memoryMaxBytes", cpu, memory
    FROM jsonb_to_recordset(${sqlJson(rows)}::jsonb) AS t("workloadUid" text, container text, day date, samples int,
      "firstAt" timestamptz, "lastAt" timestamptz, "cpuMaxMillis" float8, "memoryMaxBytes" float8, cpu jsonb,
      memory jsonb)
    ON CONFLICT ("clusterId", "workloadUid", container, day) DO UPDATE SET samples = excluded.samples,
      "firstAt" = excluded."firstAt", "lastAt" = excluded."lastAt", "cpuMaxMillis" = excluded."cpuMaxMillis",
      "memoryMaxBytes" = excluded."memoryMaxBytes", cpu = excluded.cpu, memory = excluded.memory`)
}
