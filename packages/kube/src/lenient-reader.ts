import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import type { Unseen } from '@fairlead/contracts/pod-why'
import type { KubeClient } from './kube-client'
import { readObjects, type ListOptions } from './objects'

interface Wanted<T> {
  readonly apiVersion: string
  readonly kind: string
  /** Plural, for people. */
  readonly what: string
  /** What stays unknown without it. */
  readonly cost: string
  readonly read: (object: unknown) => T
  readonly options?: ListOptions
}

export interface LenientReader {
  list<T>(wanted: Wanted<T>): Promise<readonly T[] | null>
  readonly unseen: readonly Unseen[]
}

const refused = (error: unknown): boolean =>
  error instanceof FairleadError && (error.code === 'cluster_denied' || error.code === 'not_found')

/** Lists; what the credential may not read is kept as a word, anything else that fails is an error. */
export function createReader(client: KubeClient, signal?: AbortSignal): LenientReader {
  const unseen: Unseen[] = []
  return {
    unseen,
    async list(wanted) {
      const { apiVersion, kind, what, cost, read, options } = wanted
      try {
        return await readObjects(client, { apiVersion, kind }, { ...options, signal, read })
      } catch (error) {
        if (!refused(error)) throw error
        unseen.push({ what, why: `${messageOf(error)}. ${cost}` })
        return null
      }
    },
  }
}
