import { container } from '@/server/container'
import { log } from '@/server/log'

export const dynamic = 'force-dynamic'

/** Up, and its database answers. Says nothing else: anybody may ask. */
export async function GET(): Promise<Response> {
  try {
    await container().db.$queryRaw`SELECT 1`
    return Response.json({ status: 'ok' })
  } catch (error) {
    log.error({ err: error }, 'health')
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}
