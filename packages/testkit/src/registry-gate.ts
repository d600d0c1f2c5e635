import crypto from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GateRules {
  /** How it asks for the login, and with which: a token's service is on another host. */
  readonly asks?: 'basic' | 'token'
  readonly login?: { readonly username: string; readonly password: string }
  /** Blobs are on another host, behind a key in the address. */
  readonly leads?: boolean
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

const scope = 'repository:team/charts/web:pull'
const basicOf = ({ username, password }: { readonly username: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

/** In front of a registry that asks nobody for anything: the ways of big ones, over real HTTP on two hosts. */
export async function createRegistryGate(registry: string): Promise<RegistryGate> {
  let rules: GateRules = {}
  let asked: string[] = []
  const tokens = new Set<string>()
  const note = (request: http.IncomingMessage, status: number, at = ''): void => {
    const [, name = request.url] = /^\/v2\/team\/charts\/[^/]+\/(.*?)(?:\?.*)?$/.exec(request.url ?? '') ?? []
    asked.push(`${request.method} ${name?.replace(/\?.*$/, '')}${at} ${status}`)
  }
  const permitted = (given: string | undefined): boolean => {
    if (rules.asks === undefined) return true
    if (rules.asks === 'token') return tokens.has(given ?? '')
    return rules.login !== undefined && given === basicOf(rules.login)
  }
  const pass = async (request: http.IncomingMessage, response: http.ServerResponse, at = '') => {
    const { url = '/', method = 'GET', headers } = request
    const given = await fetch(`http://${registry}${url}`, {
      method,
      headers: { accept: headers.accept ?? '' },
    })
    const spoiled = rules.spoils !== undefined && method === 'GET' && url.includes(`/${rules.spoils}/`)
    const body = Buffer.from(await given.arrayBuffer())
    const kept = ['content-type', ...(rules.mute === true ? [] : ['docker-content-digest'])]
    for (const name of kept) {
      const value = given.headers.get(name)
      if (value !== null) response.setHeader(name, value)
    }
    note(request, given.status, at)
    response.writeHead(given.status).end(spoiled ? Buffer.concat([body, Buffer.from(' ')]) : body)
  }
  const issue = (request: http.IncomingMessage, response: http.ServerResponse, query: URLSearchParams) => {
    const known = rules.login === undefined || request.headers.authorization === basicOf(rules.login)
    const right = query.get('service') === 'charts' && query.get('scope') === scope
    note(request, known && right ? 200 : 401)
    if (!known || !right) return void response.writeHead(401).end()
    const token = crypto.randomUUID()
    tokens.add(`Bearer ${token}`)
    response.writeHead(200).end(JSON.stringify({ token }))
  }
  const elsewhere = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/token') return issue(request, response, searchParams)
    // As object stores do: a key in the address, and another login beside it is an error.
    const wrong = searchParams.get('key') !== 'planted' || request.headers.authorization !== undefined
    if (!wrong) return pass(request, response, ' elsewhere')
    note(request, 400, ' elsewhere')
    response.writeHead(400).end()
  })
  const realm = `http://${elsewhere.host}/token`
  const challenges = {
    basic: 'Basic realm="charts"',
    token: `Bearer realm="${realm}",service="charts",scope="${scope}"`,
  }
  const front = await listen((request, response) => {
    if (!permitted(request.headers.authorization)) {
      note(request, 401)
      return void response.writeHead(401, { 'www-authenticate': challenges[rules.asks ?? 'basic'] }).end()
    }
    if (rules.leads !== true || !request.url?.includes('/blobs/')) return pass(request, response)
    note(request, 307)
    response.writeHead(307, { location: `http://${elsewhere.host}${request.url}?key=planted` }).end()
  })
  return {
    host: front.host,
    rule: (wanted = {}) => {
      rules = wanted
      tokens.clear()
    },
    asked: () => {
      const told = asked
      asked = []
      return told
    },
    close: async () => void (await Promise.all([front.close(), elsewhere.close()])),
  }
}

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>

async function listen(answer: Answer): Promise<{ readonly host: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch(() => response.destroy())
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
