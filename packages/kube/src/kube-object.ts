import { z } from 'zod'

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean | undefined
}

export interface ManagedField {
  readonly manager?: string | undefined
  readonly operation?: string | undefined
  readonly apiVersion?: string | undefined
  readonly time?: string | undefined
  readonly subresource?: string | undefined
  readonly fieldsV1?: unknown
}

export interface KubeMetadata {
  readonly name: string
  readonly namespace?: string | undefined
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
  readonly generation?: number | undefined
  readonly creationTimestamp?: string | undefined
  readonly deletionTimestamp?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly ownerReferences?: readonly OwnerReference[] | undefined
  readonly managedFields?: readonly ManagedField[] | undefined
  readonly [field: string]: unknown
}

/** Any Kubernetes object as plain JSON. Everything beyond type and metadata is unknown until a reader parses it. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: KubeMetadata
  readonly [field: string]: unknown
}

/** An object that a person wrote: named, typed, without status. */
export type KubeManifest = KubeObject

/** `Deployment shop/cart`, `Node worker-1`. */
export const describeObject = (object: KubeObject): string =>
  `${object.kind} ${object.metadata.namespace === undefined ? '' : `${object.metadata.namespace}/`}${object.metadata.name}`

const text = z.string()
const texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? undefined)

/** The door for objects from an API server: only what every object has is checked. */
export const kubeObjectSchema = z.looseObject({
  apiVersion: text,
  kind: text,
  metadata: z.looseObject({
    name: text,
    namespace: text.optional(),
    uid: text.optional(),
    resourceVersion: text.optional(),
    generation: z.number().optional(),
    creationTimestamp: text.optional(),
    deletionTimestamp: text.optional(),
    labels: texts,
    annotations: texts,
    ownerReferences: z
      .array(
        z.looseObject({
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: z.boolean().optional(),
        }),
      )
      .optional(),
    managedFields: z.array(z.looseObject({ manager: text.optional() })).optional(),
  }),
})
