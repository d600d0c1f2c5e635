import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import crypto from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordLineage, type LineageRecord } from '../lineage/record-lineage'
import { queueMessages, notificationsOf } from './notifications'
import { guardedPost } from './post'
import { pruneOutbox, sendDue, type OutboxDeps } from './send-due'

interface Heard {
  readonly path: string
  readonly key: string
  readonly authorization: string | undefined
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  readonly body: unknown
}

let database: TestDatabase
let server: http.Server
let base: string
let heard: Heard[]
let answer: (path: string, response: http.ServerResponse) => void
const projectId = crypto.randomUUID()
const runId = crypto.randomUUID()
const t0 = new Date('2026-11-23T02:00:00Z')
const later = (ms: number): Date => new Date(t0.getTime() + ms)

beforeAll(async () => {
  database = await createTestDatabase()
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      heard.push({
        path: request.url ?? '',
        key: String(request.headers['idempotency-key']),
        authorization: request.headers.authorization,
        headers: request.headers,
        text,
        body: JSON.parse(text),
      })
      answer(request.url ?? '', response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.drop()
})
beforeEach(() => {
  heard = []
  answer = (_, response) => void response.writeHead(200).end('ok')
})
afterEach(() => database.db.workflowOutbox.deleteMany())

const deps = (more: Partial<OutboxDeps> = {}): OutboxDeps => ({
  db: database.db,
  post: guardedPost(['127.0.0.0/8']),
  consoleUrl: 'https://fairlead.example.org',
  webhookSecrets: [],
  lineage: null,
  ...more,
})
const news = {
  on: 'failed',
  message: 'One task failed.',
  run: { id: runId, number: 1, workflow: 'settle', project: 'shop', state: 'failed' },
  at: t0,
} as const
const queue = (...urls: string[]): Promise<void> =>
  queueMessages(
    database.db,
    { projectId, runId, now: t0 },
    urls.flatMap((url) => notificationsOf([{ url, on: ['failed'] }], news)),
  )
const rows = () => database.db.workflowOutbox.findMany({ orderBy: { id: 'asc' } })
const paths = (): string[] => heard.map(({ path }) => path)

describe('the outbox', () => {
  it('sends what is due once, with its body and a key of its own', async () => {
    await queue(`${base}/a`, `${base}/b`)
    expect(await sendDue(deps(), t0)).toEqual({ sent: 2, failed: 0, givenUp: 0, more: false })
    expect(await sendDue(deps(), later(3_600_000))).toMatchObject({ sent: 0 })
    expect(paths().sort()).toEqual(['/a', '/b'])
    expect(new Set(heard.map(({ key }) => key)).size).toBe(2)
    expect(heard[0]?.body).toMatchObject({
      event: 'failed',
      workflow: 'settle',
      link: `https://fairlead.example.org/runs/${runId}`,
    })
    expect(heard[0]?.headers).not.toHaveProperty('webhook-signature')
    for (const row of await rows())
      expect(row).toMatchObject({ sentAt: t0, nextAt: null, tries: 1, problem: '' })
  })

  it('signs what it sends, each try anew, so that nobody else can say it and nobody say it again later', async () => {
    const keys = [crypto.randomBytes(32), crypto.randomBytes(24)]
    const webhookSecrets = keys.map((key) => `whsec_${key.toString('base64')}`)
    await queue(`${base}/a`)
    answer = (_, response) => void response.writeHead(503).end()
    await sendDue(deps({ webhookSecrets }), t0)
    await sendDue(deps({ webhookSecrets }), later(3_600_000))
    expect(heard).toHaveLength(2)
    for (const [at, { key, headers, text }] of heard.entries()) {
      const seconds = later(at * 3_600_000).getTime() / 1_000
      const signed = keys.map((each) => {
        const mac = crypto.createHmac('sha256', each).update(`${key}.${seconds}.${text}`)
        return `v1,${mac.digest('base64')}`
      })
      expect(headers).toMatchObject({
        'webhook-id': key,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signed.join(' '),
      })
    }
  })

  it('tries again with the same key when the receiver failed, and not before', async () => {
    await queue(`${base}/a`)
    answer = (_, response) => void response.writeHead(503, { 'retry-after': '30' }).end()
    expect(await sendDue(deps(), t0)).toMatchObject({ failed: 1 })
    expect((await rows())[0]).toMatchObject({
      nextAt: later(30_000),
      problem: expect.stringContaining('503'),
    })
    answer = (_, response) => void response.writeHead(204).end()
    expect(await sendDue(deps(), later(29_999))).toMatchObject({ sent: 0, failed: 0 })
    expect(await sendDue(deps(), later(30_000))).toMatchObject({ sent: 1 })
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
  })

  it('gives up after a day and says why', async () => {
    await queue(`${base}/a`)
    answer = (_, response) => void response.writeHead(500).end()
    expect(await sendDue(deps(), later(24 * 3_600_000))).toMatchObject({ givenUp: 1 })
    expect((await rows())[0]).toMatchObject({
      nextAt: null,
      sentAt: null,
      problem: expect.stringMatching(/^Given up: .*500/),
    })
    expect(await pruneOutbox(database.db, later(1))).toBe(1)
  })

  it('follows no redirect', async () => {
    await queue(`${base}/a`)
    answer = (_, response) => void response.writeHead(307, { location: `${base}/elsewhere` }).end()
    expect(await sendDue(deps(), t0)).toMatchObject({ failed: 1 })
    expect(paths()).toEqual(['/a'])
    expect((await rows())[0]?.problem).toContain('redirect')
  })

  it('never dials an address that is not allowed, and does not try again', async () => {
    await queue(
      `${base}/a`,
      base.replace('127.0.0.1', 'localhost'),
      'http://169.254.169.254/latest/meta-data',
    )
    expect(await sendDue(deps({ post: guardedPost([]) }), t0)).toMatchObject({ givenUp: 3 })
    expect(heard).toEqual([])
  })

  it('of several processes is shared: each message is sent once', async () => {
    await queue(...Array.from({ length: 60 }, (_, i) => `${base}/${i}`))
    let left = true
    while (left) {
      const all = await Promise.all([sendDue(deps(), t0), sendDue(deps(), t0), sendDue(deps(), t0)])
      left = all.some(({ sent }) => sent > 0)
    }
    expect(paths()).toHaveLength(60)
    expect(new Set(paths()).size).toBe(60)
  })

  it('after a death between sending and noting it, sends again under the same key', async () => {
    await queue(`${base}/a`)
    const dying = deps({
      post: async (request) => {
        await guardedPost(['127.0.0.0/8'])(request)
        return new Promise(() => undefined)
      },
    })
    void sendDue(dying, t0)
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(await sendDue(deps(), later(59_000))).toMatchObject({ sent: 0 })
    expect(await sendDue(deps(), later(60_000))).toMatchObject({ sent: 1 })
    expect(heard).toHaveLength(2)
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1)
  })

  it('with many messages for one receiver that hangs, still sends everybody else’s in the same pass', async () => {
    await queue(...Array.from({ length: 100 }, () => `${base}/slow`), `${base}/quick`)
    const release: http.ServerResponse[] = []
    answer = (path, response) =>
      void (path === '/slow' ? release.push(response) : response.writeHead(200).end())
    const pass = sendDue(deps(), t0)
    while (!paths().includes('/quick')) await new Promise((resolve) => setTimeout(resolve, 10))
    while (release.length < 8) await new Promise((resolve) => setTimeout(resolve, 10))
    for (const response of release) response.writeHead(200).end()
    expect(await pass).toMatchObject({ sent: 9 })
  })
})

describe('lineage events', () => {
  const record = (more: Partial<LineageRecord> = {}): LineageRecord => ({
    projectId,
    projectName: 'shop',
    workflowId,
    workflowName: 'settle',
    runId,
    taskId: 'publish',
    index: -1,
    attempt: 1,
    kind: 'START',
    at: t0,
    inputs: ['postgres://ledger/public.entries'],
    outputs: ['s3://reports/x'],
    ...more,
  })
  const workflowId = crypto.randomUUID()

  it('go to the configured endpoint, the edges into our own graph once the task is done', async () => {
    await recordLineage(database.db, record())
    expect(await database.db.workflowLineage.count()).toBe(0)
    await recordLineage(database.db, record({ kind: 'COMPLETE', at: later(1_000) }))
    await recordLineage(database.db, record({ kind: 'COMPLETE', at: later(1_000) }))
    const edges = await database.db.workflowLineage.findMany({ orderBy: { dataset: 'asc' } })
    expect(edges.map(({ dataset, direction }) => `${direction} ${dataset}`)).toEqual([
      'input postgres://ledger/public.entries',
      'output s3://reports/x',
    ])
    const lineage = { url: `${base}/api/v1/lineage`, token: 'secret' }
    expect(await sendDue(deps({ lineage }), later(1_000))).toMatchObject({ sent: 3 })
    expect(heard.map(({ body }) => (body as { eventType: string }).eventType).sort()).toEqual([
      'COMPLETE',
      'COMPLETE',
      'START',
    ])
    expect(heard[0]).toMatchObject({ path: '/api/v1/lineage', authorization: 'Bearer secret' })
    expect(heard[0]?.headers).not.toHaveProperty('webhook-signature')
  })

  it('of an older run never overwrite what a newer one declared', async () => {
    const newer = crypto.randomUUID()
    await recordLineage(database.db, record({ kind: 'COMPLETE', runId: newer, at: later(9_000) }))
    await recordLineage(database.db, record({ kind: 'COMPLETE', at: later(5_000) }))
    for (const edge of await database.db.workflowLineage.findMany()) expect(edge.runId).toBe(newer)
  })

  it('count as sent when no endpoint is configured; tasks that declare nothing give none', async () => {
    await recordLineage(database.db, record({ inputs: [], outputs: [] }))
    expect(await rows()).toEqual([])
    await recordLineage(database.db, record())
    expect(await sendDue(deps(), t0)).toMatchObject({ sent: 0, failed: 0 })
    expect((await rows())[0]).toMatchObject({ sentAt: t0, nextAt: null })
    expect(heard).toEqual([])
  })
})
