import type { KubeClient } from '@fairlead/kube/kube-client'
import { applyObject } from '@fairlead/kube/apply'
import { getObject } from '@fairlead/kube/objects'
import { identityOfKey } from '../manifest/object-key'
import { pauseManagerOf } from './observe-workload'

interface Pause {
  readonly application: string
  readonly paused: boolean
}

export const applyPause = (client: KubeClient, key: string, { application, paused }: Pause) => {
  const { apiVersion, kind, name, namespace } = identityOfKey(key)
  const object = {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === null ? {} : { namespace }) },
    ...(paused ? { spec: { paused: true } } : {}),
  }
  return applyObject(client, object, { fieldManager: pauseManagerOf(application) })
}

/** Those that were there: an apply would create what isn't. */
export async function pauseWorkloads(
  client: KubeClient,
  keys: readonly string[],
  pause: Pause,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const key of keys) {
    if ((await getObject(client, identityOfKey(key))) === null) continue
    await applyPause(client, key, pause)
    found.push(key)
  }
  return found
}
