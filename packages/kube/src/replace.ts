import type { KubeClient } from './kube-client'
import { kubeObjectSchema, type KubeObject } from './kube-object'
import { pathOfObject, type CallOptions } from './objects'

export interface ReplaceOptions extends CallOptions {
  readonly fieldManager: string
  readonly dryRun?: boolean
}

/**
 * An update of the whole object, bound to the resourceVersion that it carries: `conflict` when it changed since.
 * Fields that the server does not know are refused, never dropped in silence.
 */
export async function replaceObject(
  client: KubeClient,
  object: KubeObject,
  options: ReplaceOptions,
): Promise<{ readonly object: KubeObject; readonly warnings: readonly string[] }> {
  const { managedFields: _, ...metadata } = object.metadata
  const response = await client.request({
    method: 'PUT',
    path: await pathOfObject(client, { ...object, ...object.metadata }),
    query: {
      fieldManager: options.fieldManager,
      dryRun: options.dryRun === true ? 'All' : undefined,
      fieldValidation: 'Strict',
    },
    body: { ...object, metadata },
    signal: options.signal,
  })
  return { object: kubeObjectSchema.parse(JSON.parse(response.text)), warnings: response.warnings }
}
