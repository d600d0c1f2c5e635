import { FairleadError } from '@fairlead/contracts/errors'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { deleteObject, getObject } from '@fairlead/kube/objects'
import { setTimeout } from 'node:timers/promises'
import { identityOf, wordsOf } from '../manifest/object-key'
import { liveOwned } from '../plan/prune'

const tries = 100

/**
 * What ran once makes room for its successor; false when it isn't ours to delete. A worker that is killed afterwards leaves
 * no Job, and the next pass makes the new one.
 */
export async function removeJob(
  client: KubeClient,
  job: KubeManifest,
  ownership: { readonly application: string; readonly stage: string },
): Promise<boolean> {
  const identity = identityOf(job)
  const live = await liveOwned(client, identity, ownership)
  if (live?.metadata.uid === undefined) return false
  await deleteObject(client, identity, { uid: live.metadata.uid })
  for (let round = 0; round < tries; round++) {
    const left = await getObject(client, identity)
    if (left?.metadata.uid !== live.metadata.uid) return true
    await setTimeout(100)
  }
  throw new FairleadError('unavailable', `${wordsOf(identity)} is still being deleted.`)
}
