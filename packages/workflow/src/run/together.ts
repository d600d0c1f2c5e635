import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'

/** Writes that don't read one another and touch no row twice, as one statement: they cost one round trip. */
export async function together(
  tx: Pick<RawSql, '$executeRaw'>,
  writes: readonly (Prisma.Sql | null)[],
): Promise<void> {
  const wanted = writes.flatMap((write) => write ?? [])
  const [first, ...rest] = wanted
  if (first === undefined) return
  if (rest.length === 0) return void (await tx.$executeRaw(first))
  const named = wanted.map((write, at) => Prisma.sql`${Prisma.raw(`w${at}`)} AS (${write})`)
  await tx.$executeRaw(Prisma.sql`WITH ${Prisma.join(named)} SELECT 1`)
}
