import { createTestDatabase } from '@fairlead/testkit/database'
import { forgetAll, guard } from './invariants'
import { openSql } from './open-sql'
import { rowsLeft } from './questions'
import { play } from './simulation'
import type { Played } from './story'

/** With the rows as they stood when it failed. */
export interface Failed extends Played {
  readonly left: readonly string[]
}

interface PlaySeeds {
  readonly mostFailures?: number
  readonly told?: (failed: Failed) => void
}

export interface Sum {
  readonly seeds: number
  readonly steps: number
  readonly passes: number
  readonly attempts: number
  readonly failed: readonly Failed[]
}

/** Plays these seeds, a few side by side, each in a database that it has for itself. */
export async function playSeeds(
  seeds: readonly number[],
  lanes: number,
  { mostFailures = 3, told = () => undefined }: PlaySeeds = {},
): Promise<Sum> {
  const played: Played[] = []
  const failed: Failed[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    const database = await createTestDatabase()
    await guard(database.db)
    const sql = openSql(database)
    for (let seed = seeds[next++]; seed !== undefined && failed.length < mostFailures; seed = seeds[next++]) {
      const result = await play({ db: database.db, sql }, seed, 100)
      played.push(result)
      if (result.problem !== null) {
        const failure = { ...result, left: await rowsLeft(sql) }
        failed.push(failure)
        told(failure)
      }
      await forgetAll(database.db)
    }
    await sql.close()
    await database.drop()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const sum = (of: (each: Played) => number): number => played.reduce((total, each) => total + of(each), 0)
  return {
    seeds: played.length,
    steps: sum(({ steps }) => steps),
    passes: sum(({ passes }) => passes),
    attempts: sum(({ attempts }) => attempts),
    failed,
  }
}
