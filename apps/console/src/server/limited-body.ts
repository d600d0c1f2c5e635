import { FairleadError } from '@fairlead/contracts/errors'

/** Bytes of one request: a deploy's manifests (1 MiB), escaped as JSON, and some room. */
const maxBytes = 1_600_000

/** The body as text, read no further than the limit whatever Content-Length says. */
export async function readLimited(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLarge = (): FairleadError =>
  new FairleadError('too_large', 'The request is too large.', { expected: `at most ${maxBytes} bytes` })
