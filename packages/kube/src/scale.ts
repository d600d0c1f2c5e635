import { z } from 'zod'
import type { KubeClient } from './kube-client'
import { pathOfObject, type CallOptions, type ObjectRef } from './objects'

const scaleSchema = z.object({
  metadata: z.object({ uid: z.string().default(''), resourceVersion: z.string().default('') }),
  spec: z.object({ replicas: z.number().int().default(0) }).default({ replicas: 0 }),
})

export interface Scale {
  readonly uid: string
  readonly resourceVersion: string
  readonly replicas: number
}

const scaleOf = (body: unknown): Scale => {
  const { metadata, spec } = scaleSchema.parse(body)
  return { ...metadata, replicas: spec.replicas }
}

/** The scale subresource of whatever has one; `not_found` for what has none. */
export async function readScale(
  client: KubeClient,
  ref: ObjectRef,
  options: CallOptions = {},
): Promise<Scale> {
  const path = `${await pathOfObject(client, ref)}/scale`
  return scaleOf(await client.json({ path, signal: options.signal }))
}

/** `conflict` when it changed since `seen` was read. */
export async function setScale(
  client: KubeClient,
  ref: ObjectRef,
  wanted: { readonly seen: Scale; readonly replicas: number; readonly fieldManager: string },
): Promise<Scale> {
  const { seen, replicas, fieldManager } = wanted
  const body = {
    metadata: { uid: seen.uid, resourceVersion: seen.resourceVersion },
    spec: { replicas },
  }
  return scaleOf(
    await client.json({
      method: 'PATCH',
      path: `${await pathOfObject(client, ref)}/scale`,
      query: { fieldManager },
      contentType: 'application/merge-patch+json',
      body,
    }),
  )
}
