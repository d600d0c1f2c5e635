import crypto from 'node:crypto'
import type { Hook } from '@fairlead/contracts/source'

/** Whether whoever sent it knows the secret: by a signature of the body, or as GitLab does by saying it. In constant time. */
export function proves(secret: string, { scheme, proof, body }: Omit<Hook, 'application'>): boolean {
  const expected =
    scheme === 'token' ? secret : `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}`
  const digest = (text: string) => crypto.createHash('sha256').update(text).digest()
  return crypto.timingSafeEqual(digest(expected), digest(proof))
}
