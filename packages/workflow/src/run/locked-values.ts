import { Prisma } from '@fairlead/db/sql'

/**
 * Values for attempts, one a key, as a table `v` to join: the attempts are locked in the order of their keys, so that
 * writers that meet wait, and never in a circle. `columns` are those of `jsonb_to_recordset`, `key text` among them;
 * `more` are expressions over a value `w` and its attempt `x`, as it is once it is locked.
 */
export const lockedValues = (
  values: string,
  columns: Prisma.Sql,
  more = Prisma.empty,
): Prisma.Sql => Prisma.sql`
  (SELECT w.*${more} FROM jsonb_to_recordset(${values}::jsonb) AS w(${columns})
    JOIN workflow_attempts x ON x.key = w.key ORDER BY w.key FOR UPDATE OF x) AS v`
