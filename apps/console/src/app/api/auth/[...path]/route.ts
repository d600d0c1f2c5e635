import { addressOf } from '@/server/client-address'
import { container } from '@/server/container'

export const dynamic = 'force-dynamic'

const handle = (request: Request): Promise<Response> =>
  container().identity.handler(request, addressOf(request.headers))

export { handle as GET, handle as POST }
