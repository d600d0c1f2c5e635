import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { StopResult } from '@fairlead/contracts/task-runner'
import { deleteObject } from '@fairlead/kube/objects'
import { jobType, podType, readJob, readPods, type AttemptQuery } from './attempt-objects'
import type { KnownAttempt } from './cluster-view'
import type { JobSummary, PodSummary } from './summaries'

/**
 * Deletes the Job and whatever pod of it is left, by uid: what is not ours, or took its name since, is not touched.
 * `gone` once nothing of it exists.
 */
export async function cancelJob(open: () => Promise<AttemptQuery>): Promise<StopResult> {
  return orUnreachable(async () => {
    const query = await open()
    const job = await readJob(query)
    const pods = await readPods(query)
    if (job === null && pods.length === 0) return { kind: 'gone' }
    await deleteAll(query, job, pods)
    return { kind: 'stopping' }
  })
}

/** Like `cancelJob`, but ended pods may still be on their way out. What the observer knows to have ended needs one call. */
export async function cleanUpJob(
  open: () => Promise<AttemptQuery>,
  known: KnownAttempt | null,
): Promise<StopResult> {
  return orUnreachable(async () => {
    const query = await open()
    if (known?.job != null && known.pod !== null && !known.pod.live) {
      await deleteJob(query, known.job)
      return { kind: 'gone' }
    }
    const job = await readJob(query)
    const pods = await readPods(query)
    await deleteAll(query, job, pods)
    return {
      kind:
        pods.some(({ live }) => live) || (job !== null && job.end === null && pods.length === 0)
          ? 'stopping'
          : 'gone',
    }
  })
}

async function deleteAll(
  query: AttemptQuery,
  job: JobSummary | null,
  pods: readonly PodSummary[],
): Promise<void> {
  if (job !== null && !job.deleting) await deleteJob(query, job)
  // The garbage collector deletes pods whose Job is gone, in its own time; those that somebody orphaned never.
  for (const pod of pods) if (!pod.deleting) await deletePod(query, pod)
}

async function orUnreachable(work: () => Promise<StopResult>): Promise<StopResult> {
  try {
    return await work()
  } catch (error) {
    return { kind: 'unreachable', reason: messageOf(error) }
  }
}

/** Gone, or another one under the same name by now: both mean that this one is gone. */
async function unlessReplaced(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion
  } catch (error) {
    if (!isFairleadError(error) || error.code !== 'conflict') throw error
  }
}

const deleteJob = ({ client }: AttemptQuery, { namespace, key, uid }: JobSummary): Promise<void> =>
  unlessReplaced(
    deleteObject(client, { ...jobType, namespace, name: key }, { uid, propagation: 'Background' }),
  )

const deletePod = ({ client }: AttemptQuery, { namespace, name, uid }: PodSummary): Promise<void> =>
  unlessReplaced(deleteObject(client, { ...podType, namespace, name }, { uid }))
