import { openFastSql, type FastSql } from '@fairlead/db/fast-sql'

/**
 * One connection: what a pass asks side by side is answered in the same order whenever a seed is played. And one plan a
 * statement: tables stay so small here that to plan the longest takes PostgreSQL several times as long as to run them.
 */
export function openSql(database: { readonly url: string }): FastSql {
  const url = new URL(database.url)
  url.searchParams.set('options', '-c plan_cache_mode=force_generic_plan')
  return openFastSql({ url: url.href, poolSize: 1 })
}
