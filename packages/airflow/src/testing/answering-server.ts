import http from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { airflowGuard, parseAddress } from '../client/address'
import { createAirflowClient } from '../client/airflow-client'
import { dial } from '../client/dial'
import { recorded } from './recorded'

interface Heard {
  readonly line: string
  readonly authorization: string | undefined
  readonly body: string
}
export type Reply = {
  readonly status?: number
  readonly type?: string
  readonly text: string
  readonly location?: string
}
export type Replies = (heard: Heard) => Reply | undefined

const closers: (() => void)[] = []
export const closeServers = (): void => closers.splice(0).forEach((close) => close())

/** A server that answers with what a real Airflow was recorded to answer, or with what no Airflow would. */
export async function serve(replies: Replies) {
  const heard: Heard[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { authorization } = request.headers
      const line = `${request.method} ${request.url}`
      const one = { line, authorization, body: Buffer.concat(chunks).toString() }
      heard.push(one)
      const reply = replies(one) ?? { status: 404, text: '{"detail":"Not Found"}' }
      response.writeHead(reply.status ?? 200, {
        'content-type': reply.type ?? 'application/json',
        ...(reply.location === undefined ? {} : { location: reply.location }),
      })
      response.end(reply.text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => void server.close().closeAllConnections())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { heard, address, client: clientOf(address) }
}
/** It accepts, and says nothing. */
export async function serveSilence(): Promise<string> {
  const server = http.createServer(() => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const clientOf = (address: string, allow = ['127.0.0.0/8'], timeoutMs = 20_000) =>
  createAirflowClient(dial({ address: parseAddress(address), guard: airflowGuard(allow), timeoutMs }), {
    username: 'ada',
    password: 'secret',
  })

export const token = (name: string): Reply => ({ status: 201, text: JSON.stringify({ access_token: name }) })
/** Airflow 3 with one answer besides signing in. */
export const airflow3 =
  (path: string, reply: Reply): Replies =>
  ({ line }) =>
    line === 'GET /api/v2/version'
      ? recorded('04')
      : line === 'POST /auth/token'
        ? token('t1')
        : line.includes(path)
          ? reply
          : undefined
