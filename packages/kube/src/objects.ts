import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { resolveResource, resourcePath } from './discovery'
import type { KubeClient } from './kube-client'
import { kubeObjectSchema, type KubeObject } from './kube-object'

/** Names one object; `namespace` is ignored for cluster-wide kinds. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string | null | undefined
  readonly name: string
}
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}
export interface DeleteOptions extends CallOptions {
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
  /** Refuses with `conflict` when the live object is another one. */
  readonly uid?: string
  /** Refuses with `conflict` when it changed since. */
  readonly resourceVersion?: string
  readonly dryRun?: boolean
}
export interface ListOptions extends CallOptions {
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
  /** Reading ends once there are more than this: the answer then has one more, or some. */
  readonly most?: number | undefined
}

/** Most objects that one call of `listObjects` returns. */
const maxListed = 50_000
const pageSize = 500

/** The URL path of one object, by discovery. A namespaced kind without a namespace is `invalid`. */
export async function pathOfObject(client: KubeClient, ref: ObjectRef): Promise<string> {
  const { plural, namespaced } = await resolveResource(client, ref.apiVersion, ref.kind)
  if (namespaced && !ref.namespace)
    throw new FairleadError('invalid', `${ref.kind} ${ref.name} lives in a namespace, and none is given`, {
      path: 'metadata.namespace',
      expected: 'a namespace',
    })
  return resourcePath(ref.apiVersion, plural, {
    namespace: namespaced ? ref.namespace : null,
    name: ref.name,
  })
}

const isMissing = (error: unknown): boolean => error instanceof FairleadError && error.code === 'not_found'

/** null when it does not exist. */
export async function getObject(
  client: KubeClient,
  ref: ObjectRef,
  options: CallOptions = {},
): Promise<KubeObject | null> {
  const path = await pathOfObject(client, ref)
  try {
    return kubeObjectSchema.parse(await client.json({ path, signal: options.signal }))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const pageSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional(), continue: z.string().optional() }),
  items: z
    .array(z.looseObject({}))
    .nullish()
    .transform((items) => items ?? []),
})

/** One page of a collection; items get the type that the API server leaves out in lists. */
export async function readPage(
  client: KubeClient,
  request: Parameters<KubeClient['json']>[0],
  type: { readonly apiVersion: string; readonly kind: string },
) {
  const { items, metadata } = pageSchema.parse(await client.json(request))
  const objects = items.map((item) => ({ apiVersion: type.apiVersion, kind: type.kind, ...item }) as unknown)
  return { objects, resourceVersion: metadata.resourceVersion ?? '', next: metadata.continue ?? '' }
}

/**
 * Every match, in pages, each object read at once into what the caller keeps of it: thousands of whole pods would fill
 * the memory. A continue token that expired starts the list again, once.
 */
export async function readObjects<T>(
  client: KubeClient,
  type: { readonly apiVersion: string; readonly kind: string },
  options: ListOptions & { readonly read: (object: KubeObject) => T },
): Promise<readonly T[]> {
  const { plural, namespaced } = await resolveResource(client, type.apiVersion, type.kind)
  const path = resourcePath(type.apiVersion, plural, { namespace: namespaced ? options.namespace : null })
  const { labelSelector, fieldSelector, signal, read, most = Infinity } = options
  const readAll = async (): Promise<readonly T[]> => {
    const found: T[] = []
    let next = ''
    do {
      const query = {
        labelSelector,
        fieldSelector,
        limit: Math.min(pageSize, most + 1),
        continue: next === '' ? undefined : next,
      }
      const page = await readPage(client, { path, query, signal }, type)
      for (const object of page.objects) found.push(read(kubeObjectSchema.parse(object)))
      next = page.next
      if (found.length > maxListed)
        throw new FairleadError('too_large', `More than ${maxListed} ${plural} match; narrow the selection`)
    } while (next !== '' && found.length <= most)
    return found
  }
  return client.listSlot(() =>
    readAll().catch((error: unknown) => {
      if (error instanceof FairleadError && error.code === 'stale') return readAll()
      throw error
    }),
  )
}

/** Every match, whole. */
export const listObjects = (
  client: KubeClient,
  type: { readonly apiVersion: string; readonly kind: string },
  options: ListOptions = {},
): Promise<readonly KubeObject[]> => readObjects(client, type, { ...options, read: (object) => object })

function preconditionsOf({ uid, resourceVersion }: DeleteOptions) {
  if (uid === undefined && resourceVersion === undefined) return {}
  const changed = resourceVersion === undefined ? {} : { resourceVersion }
  return { preconditions: { ...(uid === undefined ? {} : { uid }), ...changed } }
}

/** False when it was already gone. */
export async function deleteObject(
  client: KubeClient,
  ref: ObjectRef,
  options: DeleteOptions = {},
): Promise<boolean> {
  const path = await pathOfObject(client, ref)
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: options.propagation ?? 'Background',
    ...preconditionsOf(options),
    ...(options.dryRun === true ? { dryRun: ['All'] } : {}),
  }
  try {
    await client.request({ method: 'DELETE', path, body, signal: options.signal })
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** JSON merge patch (RFC 7386). */
export async function patchObject(
  client: KubeClient,
  ref: ObjectRef,
  patch: Readonly<Record<string, unknown>>,
  options: CallOptions & { readonly fieldManager?: string; readonly dryRun?: boolean } = {},
): Promise<KubeObject> {
  const body = await client.json({
    method: 'PATCH',
    path: await pathOfObject(client, ref),
    query: { fieldManager: options.fieldManager, dryRun: options.dryRun === true ? 'All' : undefined },
    contentType: 'application/merge-patch+json',
    body: patch,
    signal: options.signal,
  })
  return kubeObjectSchema.parse(body)
}
