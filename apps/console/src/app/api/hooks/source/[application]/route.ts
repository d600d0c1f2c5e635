import { errorCodes, isFairleadError } from '@fairlead/contracts/errors'
import { anonymous } from '@fairlead/kernel/context'
import { addressOf } from '@/server/client-address'
import { container } from '@/server/container'
import { readLimited } from '@/server/limited-body'

export const dynamic = 'force-dynamic'

type Params = { params: Promise<{ application: string }> }

/** What the server of a repository sends when something was pushed: `source.hook` decides whether it is believed. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { services, entries } = container()
  try {
    const input = {
      application: (await params).application,
      ...proofIn(request.headers),
      body: await readLimited(request),
    }
    const call = { actor: anonymous, via: 'cli', address: addressOf(request.headers) } as const
    await entries['source.hook'].invoke(services, call, input)
    return Response.json({ status: 'accepted' }, { status: 202 })
  } catch (error) {
    const code = isFairleadError(error) ? error.code : 'internal'
    const seconds = isFairleadError(error) ? error.detail.retryAfterSeconds : undefined
    const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) }
    return Response.json({ status: code }, { status: errorCodes[code].http, headers })
  }
}

function proofIn(headers: Headers): { scheme: 'sha256' | 'token'; proof: string } {
  const token = headers.get('x-gitlab-token')
  if (token !== null) return { scheme: 'token', proof: token }
  const names = ['x-fairlead-signature', 'x-hub-signature-256', 'x-hub-signature']
  const proof = names.map((name) => headers.get(name)).find((value) => value !== null)
  return { scheme: 'sha256', proof: proof ?? '' }
}
