import { afterEach, describe, expect, it } from 'vitest'
import { closeServers, serve, token, type Replies } from '../testing/answering-server'

afterEach(closeServers)

const run = (dag: string, number: number) => ({
  dag_id: dag,
  dag_run_id: `${dag}-${number}`,
  state: 'success',
})
const page = (rows: readonly object[]) => ({
  text: JSON.stringify({ dag_runs: rows, total_entries: rows.length }),
})
const airflow =
  (newest: readonly object[], alone: Replies = () => undefined): Replies =>
  (heard) => {
    if (heard.line === 'GET /api/v2/version') return { text: '{"version":"3.3.2"}' }
    if (heard.line === 'POST /auth/token') return token('t')
    return heard.line === 'POST /api/v2/dags/~/dagRuns/list' ? page(newest) : alone(heard)
  }
const linesOf = (heard: readonly { line: string }[]) =>
  heard.map(({ line }) => line).filter((line) => line.startsWith('GET /api/v2/dags/'))

describe('the last runs of several DAGs', () => {
  it('come in one question while they fit, the newest last, ten of each', async () => {
    const often = Array.from({ length: 12 }, (_, at) => run('often', 12 - at))
    const { client, heard } = await serve(airflow([...often, run('seldom', 1)]))
    const found = await client.lastRuns(['often', 'seldom', 'never'])
    expect(found.get('often')?.map((each) => each.run)).toEqual(
      Array.from({ length: 10 }, (_, at) => `often-${at + 3}`),
    )
    expect(found.get('seldom')?.map((each) => each.run)).toEqual(['seldom-1'])
    expect(found.get('never')).toEqual([])
    expect(linesOf(heard)).toEqual([])
  })

  it('are asked one by one where others fill the page, and not without end', async () => {
    const often = Array.from({ length: 100 }, (_, at) => run('often', 100 - at))
    const others = Array.from({ length: 40 }, (_, at) => `other${at}`)
    const { client, heard } = await serve(
      airflow(often, ({ line }) => {
        const [, dag] = /\/dags\/(other\d+)\/dagRuns/.exec(line) ?? []
        return dag === undefined ? undefined : page([run(dag, 2), run(dag, 1)])
      }),
    )
    const found = await client.lastRuns(['often', ...others])
    expect(found.get('other0')?.map((each) => each.run)).toEqual(['other0-1', 'other0-2'])
    expect(found.get('other39')).toBeNull()
    expect(linesOf(heard)).toHaveLength(30)
  })
})
