import type { IncomingMessage } from 'node:http'
import { Agent, type AgentOptions } from 'node:https'
import { isIP } from 'node:net'
import type { ClusterPrincipal } from '@fairlead/contracts/acting'
import { FairleadError } from '@fairlead/contracts/errors'
import { hostOf } from '@fairlead/egress/address-guard'
import { authenticatorOf } from './auth/authenticator'
import { createCredentialSources, type CredentialSources } from './auth/credential-sources'
import { impersonationHeaders, refusedTo, type ImpersonationHeaders } from './auth/impersonation'
import { inClusterServer } from './auth/in-cluster'
import { authenticated, type Headers, type Line } from './dial'
import { endpointGuard, parseServer, type EndpointAllowance } from './endpoint-guard'
import type { ClusterConnection, KubeClient } from './kube-client'
import { createLimiter } from './limiter'
import { createPulse } from './pulse'
import { speakerOf } from './speaker'

// kube: the only room that talks to Kubernetes. Plain JSON goes in and comes out; every failure is a FairleadError.
// kubeconfig-import, auth/ → connection (endpoint-guard, dial, speaker) → check, list-watch + heartbeat, apply, logs.
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
  const shared = {
    listSlot: createLimiter(2),
    pulse: createPulse(),
    close() {
      closed.abort()
      agent.destroy()
    },
  }

  const actingAs = (principal: ClusterPrincipal | null): KubeClient => {
    const impersonation = principal === null ? {} : impersonationHeaders(principal)
    const ask = (use: (line: Line) => Promise<IncomingMessage>): Promise<IncomingMessage> => {
      guard.assertLiteral(hostOf(base))
      return authenticated(authenticator, (authorization) =>
        use({ agent, base, headers: headersFor(options, authorization, impersonation) }),
      )
    }
    const speaker = speakerOf({
      server,
      timeoutMs: options.timeoutMs ?? 15_000,
      closed: closed.signal,
      ask,
      refusal: (error) => (principal === null ? error : refusedTo(principal, error)),
    })
    return { server, principal, ...speaker, ...shared, actingAs }
  }
  return actingAs(null)
}

/** Whom a request is for comes after everything else that it says. */
const headersFor = (
  { userAgent = 'fairlead' }: ConnectOptions,
  authorization: string | null,
  impersonation: ImpersonationHeaders,
): Headers => ({
  'user-agent': userAgent,
  ...(authorization === null ? {} : { authorization }),
  ...impersonation,
})
