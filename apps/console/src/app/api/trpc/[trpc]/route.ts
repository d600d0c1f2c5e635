import { appRouter } from '@fairlead/api/router'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { container } from '@/server/container'
import { readLimited } from '@/server/limited-body'
import { log } from '@/server/log'
import { contextOf, onTheWire } from '@/server/request'
import { assertSameOrigin } from '@/server/same-origin'
import type { Identified } from '@fairlead/identity/identity'

export const dynamic = 'force-dynamic'

/** Queries may come as POST too: their inputs belong in a body, not in an address that gets logged. */
async function handle(request: Request): Promise<Response> {
  let identified: Identified | undefined
  const prepared = prepare(request)
  // Awaited again in createContext, where a refusal gets its place on the wire.
  const admitted = await prepared.catch(() => request)
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: admitted,
    router: appRouter,
    allowMethodOverride: true,
    createContext: async () => {
      try {
        await prepared
        identified = await container().identity.identify(request.headers)
        return contextOf(container(), request.headers, identified)
      } catch (error) {
        throw onTheWire(error)
      }
    },
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ err: error, path }, 'request failed')
    },
  })
  for (const cookie of identified?.cookies ?? []) response.headers.append('set-cookie', cookie)
  response.headers.set('cache-control', 'no-store')
  return response
}

async function prepare(request: Request): Promise<Request> {
  if (request.method !== 'POST') return request
  assertSameOrigin(request.headers, container().trustedOrigins)
  const body = await readLimited(request)
  return new Request(request.url, { method: 'POST', headers: request.headers, body, signal: request.signal })
}

export { handle as GET, handle as POST }
