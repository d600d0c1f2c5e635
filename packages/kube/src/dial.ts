import type { IncomingMessage } from 'node:http'
import { request as httpsRequest, type Agent } from 'node:https'
import { hostOf } from '@fairlead/egress/address-guard'
import type { Authenticator } from './auth/authenticator'
import type { KubeRequest } from './kube-client'
import { pathOf } from './http-message'

/** By lower-case name; several values are several lines. */
export type Headers = Readonly<Record<string, string | string[]>>

export interface Line {
  readonly agent: Agent
  readonly base: URL
  /** Who asks: they come last, so that no request can say otherwise. */
  readonly headers: Headers
}

/** A 401 is answered once with a new credential where there is one; a 403 never is: that is RBAC. */
export async function authenticated(
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

/** A request has no headers of its own but what it accepts and what its body is; nothing of a browser's comes this far. */
export function dial(line: Line, request: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
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
      headers: { accept: request.accept ?? 'application/json', ...bodyHeaders, ...line.headers },
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
