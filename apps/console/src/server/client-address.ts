import { env } from '@/env'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Without a proxy in front, X-Forwarded-For is whatever a client writes: it is dropped before anything reads it, and
 * Next then puts the socket's own address there. The audit log and the rate limit rely on that.
 */
export function register(): void {
  if (env().FAIRLEAD_BEHIND_PROXY === 'true') return
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers['x-forwarded-for']
    delete request.headers['x-real-ip']
  })
}

/** The address behind a request that Next never sees. */
export function addressOfMessage({ headers, socket }: IncomingMessage): string | null {
  const behindProxy = env().FAIRLEAD_BEHIND_PROXY === 'true'
  const forwarded = behindProxy ? String(headers['x-forwarded-for'] ?? '') : (socket.remoteAddress ?? '')
  return addressOf(new Headers({ 'x-forwarded-for': forwarded }))
}

/** The client's address; of several hops the last, which the proxy itself added. */
export function addressOf(headers: Headers): string | null {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const address = last.replace(/^::ffff:/, '')
  return isIP(address) === 0 ? null : address
}
