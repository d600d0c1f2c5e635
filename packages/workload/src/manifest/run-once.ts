import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import crypto from 'node:crypto'

/** A Job runs when it is made and never again; its template can't change. */
export const isRunOnce = ({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean =>
  apiVersion === 'batch/v1' && kind === 'Job'

/** Whether the API server refused for what no update may change. */
export const isImmutable = (refusal: string): boolean =>
  /field is immutable|updates to statefulset spec|may not change once set/i.test(refusal)

/** The same Job by a name that is free, for a dry run of its making while the old one still stands. */
export function standIn(job: KubeManifest): KubeManifest {
  const suffix = crypto.createHash('sha256').update(job.metadata.name).digest('hex').slice(0, 10)
  return { ...job, metadata: { ...job.metadata, name: `${job.metadata.name.slice(0, 50)}-${suffix}` } }
}

/** What the dry run made of the stand-in, by the name of the Job: the API server writes it into labels, too. */
export const inPlaceOf = (made: KubeObject, job: KubeManifest): KubeObject =>
  JSON.parse(JSON.stringify(made).replaceAll(standIn(job).metadata.name, job.metadata.name)) as KubeObject

/** Neither Complete nor Failed: a Job that was resumed has a condition that is not true. */
export function stillRuns(job: KubeObject): boolean {
  const status = job['status'] as { readonly conditions?: unknown } | undefined
  const conditions = Array.isArray(status?.conditions) ? (status.conditions as readonly unknown[]) : []
  return !conditions.some((condition) => {
    const { type, status: truth } = (condition ?? {}) as {
      readonly type?: unknown
      readonly status?: unknown
    }
    return (type === 'Complete' || type === 'Failed') && truth === 'True'
  })
}
