import { isFairleadError } from '@fairlead/contracts/errors'
import { taskLabelKeys } from '@fairlead/contracts/labels'
import { resourcePath } from '@fairlead/kube/discovery'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { kubeObjectSchema, type KubeObject } from '@fairlead/kube/kube-object'
import { listObjects } from '@fairlead/kube/objects'
import { summarizeJob, summarizePod, type JobSummary, type PodSummary } from './summaries'

export const jobType = { apiVersion: 'batch/v1', kind: 'Job' } as const
export const podType = { apiVersion: 'v1', kind: 'Pod' } as const

/** Everything of one installation; with a key, of one attempt. */
export const selectorOf = (owner: string, key?: string): string =>
  `${taskLabelKeys.owner}=${owner}${key === undefined ? '' : `,${taskLabelKeys.attempt}=${key}`}`

export interface AttemptQuery {
  readonly client: KubeClient
  readonly owner: string
  readonly key: string
  /** null when it isn't known: all namespaces are searched. */
  readonly namespace: string | null
  readonly signal?: AbortSignal | undefined
}

/** What exists of one attempt, asked of the API server. What isn't ours is never found. */
export async function readJob(query: AttemptQuery): Promise<JobSummary | null> {
  if (query.namespace === null) return (await list(query, jobType)).flatMap(jobOrNone)[0] ?? null
  try {
    const { client, namespace, key, signal } = query
    const job = kubeObjectSchema.parse(await client.json({ path: jobPath(namespace, key), signal }))
    return job.metadata.labels?.[taskLabelKeys.owner] === query.owner ? (jobOrNone(job)[0] ?? null) : null
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  }
}

const jobOrNone = (object: KubeObject): readonly JobSummary[] => readable(object, summarizeJob)

export const readPods = async (query: AttemptQuery): Promise<readonly PodSummary[]> =>
  (await list(query, podType)).flatMap((object) => readable(object, summarizePod))

const list = (
  { client, owner, key, namespace, signal }: AttemptQuery,
  type: typeof jobType | typeof podType,
): Promise<readonly KubeObject[]> =>
  listObjects(client, type, {
    ...(namespace === null ? {} : { namespace }),
    labelSelector: selectorOf(owner, key),
    ...(signal === undefined ? {} : { signal }),
  })

function readable<T>(object: KubeObject, summarize: (object: KubeObject) => T): readonly T[] {
  try {
    return [summarize(object)]
  } catch {
    return []
  }
}

export const jobPath = (namespace: string, name?: string): string =>
  resourcePath('batch/v1', 'jobs', { namespace, ...(name === undefined ? {} : { name }) })
