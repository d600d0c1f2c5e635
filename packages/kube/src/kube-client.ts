import type { ClusterPrincipal } from '@fairlead/contracts/acting'
import type { EksAccess } from '@fairlead/contracts/cluster-access'
import type { FairleadError } from '@fairlead/contracts/errors'
import type { Pulse } from './pulse'

/** An EKS cluster signs its tokens anew; `sessionName` says on whose behalf it was registered. */
export type EksAuth = { readonly kind: 'eks' } & Readonly<EksAccess & { sessionName: string }>

export type ClusterAuth =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'certificate'; readonly certPem: string; readonly keyPem: string }
  | { readonly kind: 'in-cluster' }
  | EksAuth

/** What is needed to reach and authenticate to one API server. JSON-serialisable; secret; stored encrypted. */
export interface ClusterConnection {
  readonly server: string
  /** PEM bundle that alone is trusted; null = the system's roots. */
  readonly caPem: string | null
  readonly tlsServerName?: string
  readonly auth: ClusterAuth
  readonly insecureSkipTlsVerify: boolean
}

/** `query` values of undefined are left out. Times in milliseconds, sizes in bytes of the decoded body. */
export interface KubeRequest {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly contentType?: string
  readonly accept?: string
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export interface KubeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[]
  readonly text: string
}

export interface KubeStream {
  readonly headers: Readonly<Record<string, string>>
  /** Raw chunks; ends with the connection, throws a FairleadError when it breaks. Return early to close it. */
  readonly chunks: AsyncIterable<Buffer>
  close(): void
}

/** A connection that both sides write to, as `exec` needs it. Nothing that came is lost before `listen`. */
export interface KubeSocket {
  /** Of the offered ones, that which the server chose. */
  readonly protocol: string
  /** `closed` comes once, with the error that ended the connection if one did. */
  listen(ear: { message(data: Buffer): void; closed(error: FairleadError | null): void }): void
  send(data: Buffer): void
  /** The server is told to wait while nothing is read here. */
  pause(): void
  resume(): void
  close(): void
}

/** One API server. Every failure is a FairleadError; a status ≥ 400 throws. */
export interface KubeClient {
  readonly server: string
  /** In whose name it asks; null: Fairlead's own, whose credential it is. */
  readonly principal: ClusterPrincipal | null
  /** In somebody's name, over the same connections: every request says so. Throws `invalid` for a name that is not ours. */
  actingAs(principal: ClusterPrincipal): KubeClient
  /** Any status below 400, body as text. */
  request(request: KubeRequest): Promise<KubeResponse>
  /** Like `request`, with the body parsed as JSON. */
  json(request: KubeRequest): Promise<unknown>
  /** Opens a long response; `timeoutMs` covers the time to the headers only. */
  stream(request: KubeRequest): Promise<KubeStream>
  /** Speaks WebSocket on `path`; `timeoutMs` covers the time until the server has agreed. */
  upgrade(
    request: Pick<KubeRequest, 'path' | 'signal' | 'timeoutMs'>,
    protocols: readonly string[],
  ): Promise<KubeSocket>
  /** At most two lists in flight per cluster. */
  listSlot<T>(work: () => Promise<T>): Promise<T>
  /** Whether the API server answers, as the heartbeat last saw it. */
  readonly pulse: Pulse
  close(): void
}
