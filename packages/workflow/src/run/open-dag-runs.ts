import { airflowPlace } from '@fairlead/contracts/airflow-place'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'

type Sql = Pick<RawSql, '$queryRaw'>

export interface OpenDagRun {
  readonly key: string
  readonly dag: string
  /** Heard of last; null: nobody knows yet whether it exists. */
  readonly phase: string | null
}

/** What an Airflow is asked about: it has no watch, and a list of everything in it would be anybody's runs. */
export const openDagRuns = (db: Sql, connection: string): Promise<OpenDagRun[]> =>
  db.$queryRaw<OpenDagRun[]>(Prisma.sql`
    SELECT key, spec->>'dag' AS dag, "observedPhase" AS phase FROM workflow_attempts
    WHERE live AND cluster = ${airflowPlace(connection)} ORDER BY "createdAt"`)

export async function dagOfAttempt(db: Sql, key: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ dag: string | null }[]>(
    Prisma.sql`SELECT spec->>'dag' AS dag FROM workflow_attempts WHERE key = ${key}`,
  )
  return row?.dag ?? null
}

/** Where attempts live, whether or not the place is connected still. */
export async function livePlaces(db: Sql): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ cluster: string }[]>(
    Prisma.sql`SELECT DISTINCT cluster FROM workflow_attempts WHERE live`,
  )
  return rows.map(({ cluster }) => cluster)
}
