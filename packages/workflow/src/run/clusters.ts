import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { ClusterKnowledge } from './observation'

const keptMs = 500

/** What intake wrote of each cluster, read at most twice a second. */
export function createClusterKnowledge(db: Pick<RawSql, '$queryRaw'>) {
  let known: ReadonlyMap<string, ClusterKnowledge> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  return {
    known: async (now: Date): Promise<ReadonlyMap<string, ClusterKnowledge>> => {
      if (Math.abs(now.getTime() - readAt) < keptMs) return known
      const rows = await db.$queryRaw<({ name: string } & ClusterKnowledge)[]>(
        Prisma.sql`SELECT name, reachable, reason, since FROM workflow_clusters`,
      )
      known = new Map(rows.map(({ name, reachable, reason, since }) => [name, { reachable, reason, since }]))
      readAt = now.getTime()
      return known
    },
  }
}
