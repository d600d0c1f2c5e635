import { isFairleadError } from '@fairlead/contracts/errors'
import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { setTimeout } from 'node:timers/promises'
import { resolveResource } from './discovery'
import type { KubeClient } from './kube-client'
import type { KubeObject } from './kube-object'
import { getObject } from './objects'

type Typed = Pick<KubeObject, 'apiVersion' | 'kind'>

export const isDefinition = ({ apiVersion, kind }: Typed): boolean =>
  kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/')

const defines = (definition: KubeObject, { apiVersion, kind }: Typed): boolean => {
  const spec = recordIn(definition['spec'])
  const [group, version] = apiVersion.split('/')
  return (
    textIn(spec['group']) === group &&
    textIn(recordIn(spec['names'])['kind']) === kind &&
    recordsIn(spec['versions']).some((each) => each['name'] === version && each['served'] === true)
  )
}

/** Of the definitions among `objects`, the one that makes the API server know the kind of `object`. */
export const definitionOf = <T extends KubeObject>(objects: readonly T[], object: Typed): T | undefined =>
  objects.find((each) => isDefinition(each) && defines(each, object))

const condition = (definition: KubeObject, type: string) =>
  recordsIn(recordIn(definition['status'])['conditions']).find((each) => each['type'] === type)

/** Why objects of the kind can't be created yet; null once the definition is established and the kind served. */
async function missingOf(client: KubeClient, name: string, object: Typed): Promise<string | null> {
  const live = await getObject(client, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name,
  })
  if (live === null) return 'it does not exist'
  if (live.metadata.deletionTimestamp !== undefined) return 'it is being deleted'
  const names = condition(live, 'NamesAccepted')
  if (names?.['status'] === 'False') return `its names are refused: ${textIn(names['message'])}`
  if (condition(live, 'Established')?.['status'] !== 'True') return 'it is not established yet'
  if (!defines(live, object)) return `it does not serve ${object.apiVersion}`
  try {
    await resolveResource(client, object.apiVersion, object.kind)
    return null
  } catch (error) {
    // Discovery follows the condition by moments.
    if (isFairleadError(error) && error.code === 'not_found') return 'it is not served yet'
    throw error
  }
}

/** Whether objects of the kind that this definition stands for can be created now. */
export const isServed = async (client: KubeClient, name: string, object: Typed): Promise<boolean> =>
  (await missingOf(client, name, object)) === null

const askEveryMs = 200

/** Waits for it; what is still missing after `timeoutMs`, in words, or null. */
export async function untilServed(
  client: KubeClient,
  { name, object, timeoutMs }: { readonly name: string; readonly object: Typed; readonly timeoutMs: number },
): Promise<string | null> {
  const giveUpAt = Date.now() + timeoutMs
  for (;;) {
    const missing = await missingOf(client, name, object)
    if (missing === null || Date.now() >= giveUpAt) return missing
    await setTimeout(askEveryMs)
  }
}
