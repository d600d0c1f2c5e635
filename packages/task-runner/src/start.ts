import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { taskAnnotationKeys, taskLabelKeys } from '@fairlead/contracts/labels'
import type { AttemptStart, FailureCause, StartResult } from '@fairlead/contracts/task-runner'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { kubeObjectSchema, type KubeManifest, type KubeObject } from '@fairlead/kube/kube-object'
import { jobPath } from './attempt-objects'
import { annotationsOf, jobOf, type JobSettings } from './job-spec'

type Rejected = Extract<StartResult, { kind: 'rejected' }>

const rejected = (permanence: Rejected['permanence'], cause: FailureCause, reason: string): Rejected => ({
  kind: 'rejected',
  permanence,
  cause,
  reason,
})

/**
 * Creates the attempt's Job, or finds that it is there already. A transient rejection may hide a creation whose answer
 * was lost: whoever asks again must ask with the same key.
 */
export async function startJob(
  open: () => Promise<KubeClient>,
  attempt: AttemptStart,
  settings: JobSettings,
): Promise<StartResult> {
  let job: KubeManifest
  try {
    job = jobOf(attempt, settings)
  } catch (error) {
    return rejected('permanent', 'invalid', messageOf(error))
  }
  try {
    const client = await open()
    try {
      await create(client, job)
      return { kind: 'accepted' }
    } catch (error) {
      if (!isFairleadError(error) || error.code !== 'conflict') throw error
      return await adopt(client, attempt, settings)
    }
  } catch (error) {
    return rejectionOf(error, attempt)
  }
}

const create = (client: KubeClient, job: KubeManifest): Promise<unknown> =>
  client.request({
    method: 'POST',
    path: jobPath(job.metadata.namespace ?? ''),
    query: { fieldManager: 'fairlead-tasks', fieldValidation: 'Strict' },
    body: job,
  })

async function adopt(
  client: KubeClient,
  attempt: AttemptStart,
  { owner }: JobSettings,
): Promise<StartResult> {
  const { namespace } = attempt.spec
  let job: KubeObject
  try {
    job = kubeObjectSchema.parse(await client.json({ path: jobPath(namespace, attempt.key) }))
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found')
      return rejected('transient', 'api_error', `${attempt.key} existed and was gone a moment later`)
    throw error
  }
  const { labels = {}, annotations = {}, deletionTimestamp } = job.metadata
  const wanted = Object.entries(annotationsOf(attempt))
  const differs = wanted.find(([name, value]) => annotations[name] !== value)
  const where = `A Job ${namespace}/${attempt.key} exists`
  if (labels[taskLabelKeys.owner] !== owner || labels[taskLabelKeys.attempt] !== attempt.key)
    return rejected('permanent', 'invalid', `${where} that is not Fairlead's; it is not adopted`)
  if (differs !== undefined) {
    const word = Object.entries(taskAnnotationKeys).find(([, name]) => name === differs[0])?.[0]
    return rejected('permanent', 'invalid', `${where} with another ${word ?? differs[0]}; it is not adopted`)
  }
  if (deletionTimestamp !== undefined)
    return rejected('transient', 'api_error', `${where}, but is being deleted; it is not adopted`)
  return { kind: 'already_exists' }
}

/** Why the API server did not create it, and whether asking again can help. */
export function rejectionOf(error: unknown, attempt: Pick<AttemptStart, 'spec'>): Rejected {
  if (!isFairleadError(error)) return rejected('transient', 'api_error', messageOf(error))
  const { code, message } = error
  if (code === 'not_found')
    return /namespaces? .*not found/.test(message)
      ? rejected(
          'permanent',
          'invalid',
          `The namespace ${attempt.spec.namespace} does not exist in the cluster`,
        )
      : rejected('permanent', 'invalid', message)
  if (/\bexceeded quota\b/.test(message)) return rejected('transient', 'quota', message)
  if (code === 'cluster_refused' || code === 'invalid' || code === 'too_large' || code === 'forbidden')
    return rejected('permanent', 'invalid', message)
  // Rights too: an API server that has just started denies what it allows a second later.
  return rejected('transient', 'api_error', message)
}
