import type { Read } from '@fairlead/contracts/cluster-facts'
import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { KubeClient } from '../kube-client'
import { recordIn, type Loose } from '@fairlead/contracts/loose-json'

/** Most objects of one kind that are looked at; a cluster with more is told so. */
const mostRead = 2_000
const pageSize = 500

const listSchema = z.object({
  metadata: z.looseObject({ continue: z.string().optional() }).default({}),
  items: z.array(z.unknown()).nullish(),
})

export interface ReadOptions {
  readonly accept?: string
  readonly limit?: number
  readonly labelSelector?: string
  readonly signal: AbortSignal
}

/** A collection by its path, in pages. Throws only when the caller's signal aborts. */
export async function readList(client: KubeClient, path: string, options: ReadOptions): Promise<Read<Loose>> {
  const { accept, limit = mostRead, labelSelector, signal } = options
  const items: Loose[] = []
  let next: string | undefined
  try {
    do {
      const query = { limit: Math.min(pageSize, limit), continue: next, labelSelector }
      const page = listSchema.parse(
        await client.json({ path, query, signal, ...(accept === undefined ? {} : { accept }) }),
      )
      items.push(...(page.items ?? []).map(recordIn))
      next = page.metadata.continue || undefined
    } while (next !== undefined && items.length < limit)
    return { state: 'read', items }
  } catch (error) {
    return notRead(error, signal)
  }
}

export function notRead(error: unknown, signal: AbortSignal): Exclude<Read<never>, { state: 'read' }> {
  if (signal.aborted) throw error
  const code = error instanceof FairleadError ? error.code : 'internal'
  const words = error instanceof FairleadError ? error.message.slice(0, 300) : 'The answer could not be read'
  if (code === 'not_found') return { state: 'absent', words: 'The cluster does not serve it' }
  return { state: code === 'cluster_denied' || code === 'cluster_unauthorized' ? 'denied' : 'failed', words }
}

/** The same for what was made of each object. */
export const mapRead = <A, B>(read: Read<A>, map: (item: A) => B): Read<B> =>
  read.state === 'read' ? { state: 'read', items: read.items.map(map) } : read

/** Two answers as one: what is not known of either is not known of both; what the cluster has not got adds nothing. */
export function joinRead<T>(left: Read<T>, right: Read<T>): Read<T> {
  if (left.state === 'read' && right.state === 'read')
    return { state: 'read', items: [...left.items, ...right.items] }
  if (left.state === 'absent') return right
  if (right.state === 'absent') return left
  return left.state === 'read' ? right : left
}
