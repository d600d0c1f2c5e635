import { setMaxListeners } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request as httpsRequest, type AgentOptions } from 'node:https'
import { isIP } from 'node:net'
import { FairleadError } from '@fairlead/contracts/errors'
import { hostOf } from '@fairlead/egress/address-guard'
import { endpointGuard, parseServer, type EndpointAllowance } from './endpoint-guard'
import { assertAnswered, headersOf, pathOf, readText, warningTexts } from './http-message'
import { cancelledError, networkError, timeoutError } from './kube-error'
import type {
  ClusterConnection,
  KubeClient,
  KubeRequest,
  KubeResponse,
  KubeSocket,
  KubeStream,
} from './kube-client'
import { authenticatorOf, type Authenticator } from './auth/authenticator'
import { createCredentialSources, type CredentialSources } from './auth/credential-sources'
import { inClusterServer } from './auth/in-cluster'
import { createLimiter } from './limiter'
import { createPulse } from './pulse'
import { dialSocket } from './socket'

// kube: the only room that talks to Kubernetes. Plain JSON goes in and comes out; every failure is a FairleadError.
// kubeconfig-import, auth/ → connection (endpoint-guard, kube-error) → check, list-watch + heartbeat, apply, logs.
// auth/ has one file per way to sign in; aws/ is the only owner of the AWS SDK.
// health/verdict-of judges what came back, one pure file per kind; manifest-load reads what people wrote.
// Decision: requests go over node:https, not @kubernetes/client-node. Importing that costs 89 MB of memory in every
// process (a watcher has 250), its fetch cannot pin the address that the endpoint guard checked, and its informers
// stall silently. It stays a test oracle: kubeconfig-import.test.ts compares TLS and auth options with its KubeConfig.
// A change violates this when a file outside tests imports it, or when a socket is opened without the guard.

export interface ConnectOptions {
  readonly allow: EndpointAllowance
  /** Default time cap of one request; 15 s. */
  readonly timeoutMs?: number
  readonly userAgent?: string
  /** For credentials that are not in the connection; without them, no AWS endpoint is replaced and there is no pod. */
  readonly sources?: CredentialSources
}

const defaultMaxBytes = 32 * 1024 * 1024

/** What TLS needs of a connection: its own authority alone is trusted when it names one. */
export function tlsOptionsOf(connection: ClusterConnection): AgentOptions {
  const { auth } = connection
  const host = hostOf(parseServer(connection.server))
  const servername = connection.tlsServerName ?? (isIP(host) === 0 ? host : undefined)
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: !connection.insecureSkipTlsVerify,
    ...(connection.caPem === null ? {} : { ca: connection.caPem }),
    ...(auth.kind === 'certificate' ? { cert: auth.certPem, key: auth.keyPem } : {}),
    ...(servername === undefined ? {} : { servername }),
  }
}

/** The address that Kubernetes itself gave this pod needs no administrator's word; no other is excused by it. */
export function allowanceOf(connection: ClusterConnection, options: ConnectOptions): EndpointAllowance {
  const place = options.sources?.inCluster ?? null
  if (connection.auth.kind !== 'in-cluster') return options.allow
  if (place === null || connection.server !== inClusterServer(place))
    throw new FairleadError('invalid', 'This process does not run in that cluster, so it has no credential', {
      path: 'inCluster',
      found: place === null ? 'no cluster' : inClusterServer(place),
      expected: connection.server,
    })
  const family = isIP(place.host)
  return family === 0
    ? options.allow
    : { cidrs: [...options.allow.cidrs, `${place.host}/${family === 4 ? 32 : 128}`] }
}

/** Dials on the first request. Throws `invalid` for a server address that can never work. */
export function connect(connection: ClusterConnection, options: ConnectOptions): KubeClient {
  const base = parseServer(connection.server)
  const allow = allowanceOf(connection, options)
  const authenticator = authenticatorOf(connection.auth, options.sources ?? createCredentialSources({}))
  const server = base.origin + base.pathname.replace(/\/$/, '')
  const guard = endpointGuard(allow)
  const agent = new Agent({
    ...tlsOptionsOf(connection),
    keepAlive: true,
    keepAliveMsecs: 10_000,
    maxFreeSockets: 8,
    lookup: guard.lookup,
  })
  const closed = new AbortController()
  const open = (request: KubeRequest, signal: AbortSignal) => {
    guard.assertLiteral(hostOf(base))
    return authenticated(authenticator, (authorization) =>
      dial({ agent, base, headers: headersFor(options, authorization) }, request, signal),
    )
  }
  const limits = { server, timeoutMs: options.timeoutMs ?? 15_000, closed: closed.signal, open }

  const request = (wanted: KubeRequest): Promise<KubeResponse> =>
    exchange(limits, wanted, async (message) => {
      const headers = headersOf(message)
      const text = await readText(message, wanted.maxBytes ?? defaultMaxBytes)
      return { status: message.statusCode ?? 0, headers, warnings: warningTexts(headers['warning']), text }
    })

  return {
    server,
    request,
    json: async (wanted) => parseJson((await request(wanted)).text, server),
    upgrade: async (wanted, protocols) => {
      const asked: { socket: KubeSocket | null } = { socket: null }
      const dialled = async (_request: KubeRequest, signal: AbortSignal) => {
        guard.assertLiteral(hostOf(base))
        return authenticated(authenticator, async (authorization) => {
          const address = `${base.origin}${pathOf(base, wanted)}`
          const headers = headersFor(options, authorization)
          const answer = await dialSocket({ agent, address, server, headers, protocols, signal })
          asked.socket = answer.socket
          return answer.message
        })
      }
      await exchange({ ...limits, open: dialled }, wanted, () => Promise.resolve())
      const { socket } = asked
      if (socket === null) throw notASocket(server)
      closed.signal.addEventListener('abort', () => socket.close(), { once: true })
      return socket
    },
    stream: (wanted) => exchange(limits, wanted, async (message) => streamOf(message, wanted.signal, server)),
    listSlot: createLimiter(2),
    pulse: createPulse(),
    close() {
      closed.abort()
      agent.destroy()
    },
  }
}

/** A 401 is answered once with a new credential where there is one; a 403 never is: that is RBAC. */
async function authenticated(
  authenticator: Authenticator,
  ask: (authorization: string | null) => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  const given = await authenticator.authorization()
  const message = await ask(given)
  if (given === null) return message
  if (message.statusCode !== 401) {
    authenticator.accepted(given)
    return message
  }
  if (!(await authenticator.refused(given))) return message
  message.destroy()
  const renewed = await authenticator.authorization()
  const again = await ask(renewed)
  if (renewed !== null && again.statusCode !== 401) authenticator.accepted(renewed)
  return again
}

const headersFor = ({ userAgent = 'fairlead' }: ConnectOptions, authorization: string | null) => ({
  'user-agent': userAgent,
  ...(authorization === null ? {} : { authorization }),
})

const notASocket = (server: string): FairleadError =>
  new FairleadError(
    'cluster_unreachable',
    `The server ${server} answered, but does not speak WebSocket there`,
  )

interface Line {
  readonly agent: Agent
  readonly base: URL
  readonly headers: Readonly<Record<string, string>>
}

function dial(line: Line, request: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body))
  const method = request.method ?? 'GET'
  const bodyHeaders =
    body === undefined
      ? {}
      : { 'content-type': request.contentType ?? 'application/json', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({
      agent: line.agent,
      host: hostOf(line.base),
      port: line.base.port === '' ? 443 : Number(line.base.port),
      path: pathOf(line.base, request),
      method,
      signal,
      headers: { accept: request.accept ?? 'application/json', ...line.headers, ...bodyHeaders },
    })
    outgoing.on('response', resolve)
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server may have closed an idle connection as we reused it; nothing was read, so asking again is safe.
      const again =
        outgoing.reusedSocket && error.code === 'ECONNRESET' && method === 'GET' && !signal.aborted
      if (again) dial(line, request, signal).then(resolve, reject)
      else reject(error)
    })
    outgoing.end(body)
  })
}

interface Limits {
  readonly server: string
  readonly timeoutMs: number
  readonly closed: AbortSignal
  readonly open: (request: KubeRequest, signal: AbortSignal) => Promise<IncomingMessage>
}

/** Runs `use` on the answer; the time cap ends with `use`, the caller's signal reaches as far as the connection. */
async function exchange<T>(
  limits: Limits,
  request: KubeRequest,
  use: (message: IncomingMessage) => Promise<T>,
): Promise<T> {
  const timeoutMs = request.timeoutMs ?? limits.timeoutMs
  const ended = new AbortController()
  const outer = [limits.closed, request.signal].filter((signal) => signal !== undefined)
  const stop = () => ended.abort()
  // By hand rather than AbortSignal.any, which in Node 20 keeps a reference per request on a long-lived signal.
  const forget = () => outer.forEach((signal) => signal.removeEventListener('abort', stop))
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    stop()
  }, timeoutMs)
  // Many requests share one signal, and each forgets it in the end: no leak for Node to warn of.
  outer.forEach((signal) => setMaxListeners(0, signal))
  outer.forEach((signal) => signal.addEventListener('abort', stop))
  try {
    const cancelled = outer.find((signal) => signal.aborted)
    if (cancelled !== undefined) throw cancelledError(cancelled)
    const message = await limits.open(request, ended.signal)
    message.once('close', forget)
    await assertAnswered(message, limits.server)
    return await use(message)
  } catch (error) {
    forget()
    if (error instanceof FairleadError) throw error
    const cancelled = outer.find((signal) => signal.aborted)
    if (cancelled !== undefined) throw cancelledError(cancelled)
    throw timedOut ? timeoutError(limits.server, timeoutMs) : networkError(error, limits.server)
  } finally {
    clearTimeout(timer)
  }
}

function parseJson(text: string, server: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FairleadError(
      'cluster_unreachable',
      `The server ${server} does not answer like an API server: no JSON`,
      {},
      { cause: error },
    )
  }
}

function streamOf(message: IncomingMessage, signal: AbortSignal | undefined, server: string): KubeStream {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) yield chunk
    } catch (error) {
      throw signal?.aborted === true ? cancelledError(signal) : networkError(error, server)
    }
  }
  return { headers: headersOf(message), chunks: chunks(), close: () => message.destroy() }
}
