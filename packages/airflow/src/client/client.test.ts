import { afterEach, describe, expect, it } from 'vitest'
import { airflow3, closeServers, serve, token, type Replies } from '../testing/answering-server'
import { recorded } from '../testing/recorded'
import type { AirflowClient } from './airflow-client'

afterEach(closeServers)

describe('what a real Airflow 3.3.2 was recorded to answer', () => {
  it.each([
    [
      'DAGs',
      '06',
      '/dags?',
      (c: AirflowClient) => c.dags({ offset: 0, text: '' }),
      { items: [{ dag: 'api_probe', paused: false, tags: ['probe'] }] },
    ],
    [
      'a DAG with its parameters',
      '08',
      '/details',
      (c: AirflowClient) => c.dag('api_probe'),
      { dag: { dag: 'api_probe' }, params: [{ name: 'x', schema: { type: 'integer' } }] },
    ],
    [
      'runs',
      '35',
      '/dagRuns?',
      (c: AirflowClient) => c.runs('api_probe', 0),
      { items: [{ run: 'it-1795425651', state: 'success', type: 'manual', conf: { x: 5 } }] },
    ],
    [
      'a run',
      '15',
      '/dagRuns/',
      (c: AirflowClient) => c.run({ dag: 'api_probe', run: 'r' }),
      { state: 'queued', note: 'from bench' },
    ],
    [
      'a task instance',
      '19',
      '/taskInstances/hello',
      (c: AirflowClient) => c.instance({ dag: 'api_probe', run: 'r', task: 'hello', mapIndex: -1 }),
      {
        instance: { task: 'hello', state: 'success', tryNumber: 1 },
        renderedFields: { bash_command: 'echo hello from airflow; echo x=5 conf=v' },
      },
    ],
    ['import errors', '37', '/importErrors', (c: AirflowClient) => c.importErrors(), { items: [], total: 0 }],
    [
      'a dry run of a clear',
      '26',
      '/clearTaskInstances',
      (c: AirflowClient) =>
        c.clear(
          { dag: 'api_probe', run: 'r', tasks: [], downstream: true, onlyFailed: true },
          { dryRun: true },
        ),
      [{ task: 'flaky', state: 'failed' }, {}],
    ],
  ])('is understood: %s', async (_, number, path, ask, expected) => {
    const { client } = await serve(airflow3(path, recorded(number)))
    expect(await ask(client)).toMatchObject(expected)
  })

  it('is understood: task instances, to the last page', async () => {
    const { client } = await serve(airflow3('/taskInstances?', recorded('18')))
    const { items, total } = await client.instances({ dag: 'api_probe', run: 'r' })
    expect(items.map(({ task }) => task).sort()).toEqual(['flaky', 'hello', 'last'])
    expect(total).toBe(items.length)
  })

  it.each([
    [
      'a parameter of the wrong type',
      '14',
      'invalid',
      /Invalid input for param x: 'str' is not of type 'integer'/,
    ],
    ['a body that lacks something', '10', 'invalid', /body\.logical_date: Field required/],
  ])('is explained: %s', async (_, number, code, words) => {
    const { client } = await serve(airflow3('/dagRuns', recorded(number)))
    const refused = client.trigger({ dag: 'api_probe', run: 'r', conf: {}, note: '' })
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(words) })
  })
})

describe('a trigger', () => {
  it('names the run, and finds the one that is there instead of making a second', async () => {
    const { client, heard } = await serve((one) =>
      one.line.startsWith('GET /api/v2/dags/') ? recorded('15') : airflow3('/dagRuns', recorded('12'))(one),
    )
    const found = await client.trigger({ dag: 'api_probe', run: 'it-1795425651', conf: { x: 5 }, note: 'n' })
    expect(found).toMatchObject({ created: false, run: { run: 'it-1795425651' } })
    const post = heard.find(({ line }) => line.startsWith('POST /api/v2'))
    expect(JSON.parse(post?.body ?? '')).toEqual({
      dag_run_id: 'it-1795425651',
      logical_date: null,
      conf: { x: 5 },
      note: 'n',
    })
  })

  it('that was refused for another reason is refused', async () => {
    const { client } = await serve(({ line }) =>
      line.startsWith('GET /api/v2/dags/')
        ? undefined
        : airflow3('/dagRuns', recorded('12'))({ line, authorization: undefined, body: '' }),
    )
    const refused = client.trigger({ dag: 'api_probe', run: 'r', conf: {}, note: '' })
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Unique constraint/),
    })
  })
})

describe('a token', () => {
  it.each([
    [401, 'Token Expired'],
    [403, 'Invalid JWT token'],
  ])('is fetched once for callers that come together, and anew when it is refused by %i', async (...no) => {
    const [status, detail] = no
    let signIns = 0
    const { client, heard } = await serve(({ line, authorization }) => {
      if (line === 'GET /api/v2/version') return recorded('04')
      if (line === 'POST /auth/token') return token(`t${++signIns}`)
      return authorization === 'Bearer t2' ? recorded('37') : { status, text: JSON.stringify({ detail }) }
    })
    await Promise.all([client.importErrors(), client.importErrors(), client.importErrors()])
    await client.importErrors()
    expect(signIns).toBe(2)
    expect(heard.at(-1)?.authorization).toBe('Bearer t2')
  })

  it('is kept when its user may not do what is asked', async () => {
    let signIns = 0
    const { client } = await serve(({ line }) => {
      if (line === 'GET /api/v2/version') return recorded('04')
      if (line === 'POST /auth/token') return token(`t${++signIns}`)
      return { status: 403, text: '{"detail":"Forbidden"}' }
    })
    for (const _ of [1, 2])
      await expect(client.importErrors()).rejects.toMatchObject({ code: 'airflow_refused' })
    expect(signIns).toBe(1)
  })

  it.each(['access_token', 'jwt_token'])('may be called %s', async (field) => {
    const { client, heard } = await serve((one) =>
      one.line === 'POST /auth/token'
        ? { status: 201, text: JSON.stringify({ [field]: 'abc' }) }
        : airflow3('/importErrors', recorded('37'))(one),
    )
    await client.importErrors()
    expect(heard.at(-1)?.authorization).toBe('Bearer abc')
  })
})

describe('Airflow 2.x, by the documented shapes of its API v1', () => {
  const airflow2: Replies = ({ line, authorization }) => {
    if (line.startsWith('GET /api/v2/')) return { status: 404, type: 'text/html', text: '<h1>Not found</h1>' }
    if (authorization !== `Basic ${Buffer.from('ada:secret').toString('base64')}`)
      return { status: 401, text: '{}' }
    if (line === 'GET /api/v1/version') return { text: '{"version":"2.10.4","git_version":null}' }
    if (line.startsWith('GET /api/v1/dags?'))
      return {
        text: JSON.stringify({
          dags: [
            {
              dag_id: 'etl',
              is_paused: true,
              schedule_interval: { __type: 'CronExpression', value: '@daily' },
              tags: [],
            },
          ],
          total_entries: 1,
        }),
      }
    if (line === 'POST /api/v1/dags/etl/dagRuns')
      return {
        text: '{"dag_run_id":"r","dag_id":"etl","state":"queued","execution_date":"2026-01-01T00:00:00Z","conf":{}}',
      }
    return line.includes('/logs/1') ? { type: 'text/plain', text: 'one\ntwo\n' } : undefined
  }
  it('is detected, signed in to with a password, and understood', async () => {
    const { client, heard } = await serve(airflow2)
    expect(await client.detect()).toEqual({ api: 'v1', version: '2.10.4' })
    expect(await client.dags({ offset: 0, text: '' })).toMatchObject({
      items: [{ dag: 'etl', paused: true, schedule: '@daily' }],
    })
    expect(await client.trigger({ dag: 'etl', run: 'r', conf: {}, note: 'n' })).toMatchObject({
      created: true,
    })
    expect(JSON.parse(heard.at(-1)?.body ?? '')).toEqual({ dag_run_id: 'r', conf: {} })
    const { lines } = await client.logs({ dag: 'etl', run: 'r', task: 't', mapIndex: -1, try: 1 })
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two'])
  })
})
