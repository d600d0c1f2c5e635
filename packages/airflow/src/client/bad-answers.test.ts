import { afterEach, describe, expect, it } from 'vitest'
import { checkAirflow } from '../check'
import {
  airflow3,
  clientOf,
  closeServers,
  serve,
  serveSilence,
  type Replies,
} from '../testing/answering-server'
import { recorded } from '../testing/recorded'
import { parseAddress } from './address'
import { logLines } from './log-lines'

afterEach(closeServers)

describe('what is not as it should be', () => {
  it.each<[string, Replies, string, RegExp]>([
    ['a page', () => ({ type: 'text/html', text: '<html>' }), 'airflow', /not an Airflow/],
    [
      'a redirect',
      () => ({ status: 302, text: '', location: 'http://169.254.169.254/' }),
      'airflow',
      /redirect/,
    ],
    [
      'another version',
      ({ line }) => (line === 'GET /api/v2/version' ? { text: '{"version":"4.0.0"}' } : undefined),
      'version',
      /4\.0\.0 is not supported/,
    ],
    [
      'a wrong password',
      ({ line }) => (line === 'GET /api/v2/version' ? recorded('04') : recorded('02')),
      'login',
      /does not accept the user name and password.*Invalid credentials/,
    ],
    [
      'JSON of another form',
      airflow3('/dags?', { text: '{"dags":7}' }),
      'airflow',
      /has a form that this version does not know/,
    ],
    ['a failure', airflow3('/dags?', { status: 500, text: 'boom' }), 'airflow', /status 500/],
  ])('is said in words: %s', async (_, replies, step, words) => {
    const { client } = await serve(replies)
    const check = await checkAirflow(client)
    expect(check.passed).toBe(false)
    expect(check.steps.at(-1)).toMatchObject({ step, passed: false, message: expect.stringMatching(words) })
  })

  it.each([
    [
      'loopback that nobody allowed',
      'http://127.0.0.1:1',
      [],
      'address',
      /a loopback address.*FAIRLEAD_AIRFLOW_CIDRS/,
    ],
    ['cloud metadata, whatever is allowed', 'http://169.254.169.254', ['0.0.0.0/0'], 'address', /link-local/],
    ['a public address in clear text', 'http://93.184.216.34', [], 'address', /only https goes there/],
    ['a port where nothing listens', 'http://127.0.0.1:1', ['127.0.0.0/8'], 'tcp', /nothing listens there/],
    ['a name that nobody has', 'https://airflow.invalid', [], 'dns', /can't be resolved/],
  ])('is said in words: %s', async (_, address, allow, step, words) => {
    const check = await checkAirflow(clientOf(address, allow))
    expect(check.steps.at(-1)).toMatchObject({ step, passed: false, message: expect.stringMatching(words) })
  })

  it('is said in words: a server that accepts and says nothing', async () => {
    const address = await serveSilence()
    const check = await checkAirflow(clientOf(address, ['127.0.0.0/8'], 300))
    expect(check.steps.at(-1)).toMatchObject({
      step: 'tcp',
      message: expect.stringMatching(/no answer within/),
    })
  })

  it.each([
    'file:///etc/passwd',
    'https://ada:secret@airflow',
    'https://airflow/?x',
    'https://airflow/#x',
    'airflow',
  ])('is no address: %s', (text) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})

describe('sizes and names', () => {
  const logOf = async (count: number) => {
    const line = (at: number): string =>
      `${JSON.stringify({ timestamp: null, event: `${at} ${'x'.repeat(1_000)}` })}\n`
    const text = Array.from({ length: count }, (_, at) => line(at)).join('')
    const { client } = await serve(airflow3('/logs/1', { type: 'application/x-ndjson', text }))
    return client.logs({ dag: 'd', run: 'r', task: 't', mapIndex: -1, try: 1 })
  }

  it('shows the end of a log of 50 MB, whole lines of it, and says so', async () => {
    const { lines, cut } = await logOf(50_000)
    expect(cut).toMatch(/Only the last 4 MiB/)
    expect(lines.length).toBeGreaterThan(3_900)
    expect(lines.length).toBeLessThan(4_300)
    expect(lines.at(-1)?.text).toMatch(/^49999 x+$/)
    expect(lines[0]?.text).toMatch(new RegExp(`^${50_000 - lines.length} x+$`))
  })

  it('reads no more than 64 MiB of any log, and says that its end is not there', async () => {
    const { lines, cut } = await logOf(80_000)
    expect(cut).toMatch(/and not the end/)
    expect(lines.length).toBeLessThan(4_300)
    expect(Number.parseInt(lines[0]?.text ?? '', 10)).toBeGreaterThan(55_000)
  })

  it('cuts nothing of a log that is small enough', async () => {
    const { lines, cut } = await logOf(3_000)
    expect(cut).toBeNull()
    expect(lines).toHaveLength(3_000)
  })

  it('refuses an answer that is too large for anything else', async () => {
    const text = JSON.stringify({ dags: [], total_entries: 0, padding: 'x'.repeat(9 * 1024 * 1024) })
    const { client } = await serve(airflow3('/dags?', { text }))
    await expect(client.dags({ offset: 0, text: '' })).rejects.toMatchObject({ code: 'too_large' })
  })

  it.each([
    ['a/b', '/dags/a%2Fb/details'],
    ['a?b#c', '/dags/a%3Fb%23c/details'],
    ['ünï 🚀', '/dags/%C3%BCn%C3%AF%20%F0%9F%9A%80/details'],
    ['../../config', '/dags/..%2F..%2Fconfig/details'],
  ])('asks for the DAG %s and for nothing else', async (dag, path) => {
    const { client, heard } = await serve(airflow3('/dags/', recorded('08')))
    await client.dag(dag)
    expect(heard.at(-1)?.line).toBe(`GET /api/v2${path}`)
  })

  it('asks for no folder', async () => {
    const { client } = await serve(airflow3('/dags/', recorded('08')))
    await expect(client.dag('..')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('reads what was raised with the event that tells of it', () => {
    const detail = [{ exc_type: 'AirflowException', exc_value: 'exit code 3', frames: [] }]
    expect(logLines(JSON.stringify({ event: 'Task failed', error_detail: detail }))).toEqual([
      { at: null, level: null, text: 'Task failed\nAirflowException: exit code 3' },
    ])
  })

  it('reads events, text, and an event that was cut in the middle', () => {
    expect(
      logLines('{"event":"a","level":"info","timestamp":"2026-01-01T00:00:00Z"}\nplain\n{"event":"cu'),
    ).toEqual([
      { at: '2026-01-01T00:00:00Z', level: 'info', text: 'a' },
      { at: null, level: null, text: 'plain' },
      { at: null, level: null, text: '{"event":"cu' },
    ])
  })
})
