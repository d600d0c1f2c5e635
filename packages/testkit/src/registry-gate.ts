import crypto from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

interface Login {
  readonly username: string
  readonly password: string
}

export interface GateRules {
  /** How it asks for the login, and with which: a token's service is on another host. */
  readonly asks?: 'basic' | 'token'
  readonly login?: Login
  /** Blobs are on another host, behind a key in the address; a trap asks for a login instead. */
  readonly leads?: 'store' | 'trap'
  /** Answers of this kind have a byte too many. */
  readonly spoils?: 'manifests' | 'blobs'
  /** Says no digest of what it gives. */
  readonly mute?: boolean
}

export interface RegistryGate {
  readonly host: string
  rule(rules?: GateRules): void
  asked(): readonly string[]
  close(): Promise<void>
}

/** In front of a registry that asks nobody for anything: the ways of big ones, over real HTTP on two hosts. */
export async function createRegistryGate(registry: string): Promise<RegistryGate> {
  const gate: Gate = { registry, rules: {}, asked: [], tokens: new Set() }
  const elsewhere = await listen((exchange) => answerElsewhere(gate, exchange))
  const front = await listen((exchange) => answerInFront(gate, elsewhere.host, exchange))
  return {
    host: front.host,
    rule: (rules = {}) => {
      gate.rules = rules
      gate.tokens.clear()
    },
    asked: () => gate.asked.splice(0),
    close: async () => void (await Promise.all([front.close(), elsewhere.close()])),
  }
}

interface Gate {
  readonly registry: string
  rules: GateRules
  readonly asked: string[]
  readonly tokens: Set<string>
}

interface Exchange {
  readonly request: http.IncomingMessage
  readonly response: http.ServerResponse
}

const scope = 'repository:team/charts/web:pull'
const basicOf = ({ username, password }: Login): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

function answerInFront(gate: Gate, elsewhere: string, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const { asks, leads } = gate.rules
  if (!permitted(gate, request.headers.authorization)) {
    const token = `Bearer realm="http://${elsewhere}/token",service="charts",scope="${scope}"`
    response.setHeader('www-authenticate', asks === 'token' ? token : 'Basic realm="charts"')
    response.statusCode = 401
    return end(gate, exchange)
  }
  if (leads === undefined || !request.url?.includes('/blobs/')) return pass(gate, exchange)
  response.setHeader('location', `http://${elsewhere}${request.url}?key=planted`)
  response.statusCode = 307
  return end(gate, exchange)
}

function permitted({ rules, tokens }: Gate, given: string | undefined): boolean {
  if (rules.asks === undefined) return true
  if (rules.asks === 'token') return tokens.has(given ?? '')
  return rules.login !== undefined && given === basicOf(rules.login)
}

/** The token service, and an object store: a key in the address, and another login beside it is an error. */
function answerElsewhere(gate: Gate, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const { authorization } = request.headers
  if (pathname !== '/token') {
    const right = searchParams.get('key') === 'planted' && authorization === undefined
    const trap = gate.rules.leads === 'trap'
    if (right && !trap) return pass(gate, exchange)
    if (trap) response.setHeader('www-authenticate', 'Basic realm="trap"')
    response.statusCode = trap ? 401 : 400
    return end(gate, exchange)
  }
  const known = gate.rules.login === undefined || authorization === basicOf(gate.rules.login)
  if (!known || searchParams.get('service') !== 'charts' || searchParams.get('scope') !== scope) {
    response.statusCode = 401
    return end(gate, exchange)
  }
  const token = crypto.randomUUID()
  gate.tokens.add(`Bearer ${token}`)
  return end(gate, exchange, JSON.stringify({ token }))
}

async function pass(gate: Gate, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const { url = '/', method = 'GET', headers } = request
  const { spoils, mute } = gate.rules
  const given = await fetch(`http://${gate.registry}${url}`, {
    method,
    headers: { accept: headers.accept ?? '' },
  })
  for (const name of ['content-type', ...(mute === true ? [] : ['docker-content-digest'])]) {
    const value = given.headers.get(name)
    if (value !== null) response.setHeader(name, value)
  }
  const spoiled = spoils !== undefined && url.includes(`/${spoils}/`) ? ' ' : ''
  const body = Buffer.concat([Buffer.from(await given.arrayBuffer()), Buffer.from(spoiled)])
  response.statusCode = given.status
  await end(gate, exchange, method === 'HEAD' ? '' : body)
}

/** `GET blobs/sha256:… 200`; a key in the address marks another host. */
async function end(
  { asked }: Gate,
  { request: { method, url = '' }, response }: Exchange,
  body: string | Buffer = '',
): Promise<void> {
  const name = url.replace(/^\/v2\/team\/charts\/[^/]+\//, '').replace(/\?.*$/, '')
  asked.push(`${method} ${name}${url.endsWith('?key=planted') ? ' elsewhere' : ''} ${response.statusCode}`)
  response.end(body)
}

type Answer = (exchange: Exchange) => Promise<void>

async function listen(answer: Answer): Promise<{ readonly host: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    answer({ request, response }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
