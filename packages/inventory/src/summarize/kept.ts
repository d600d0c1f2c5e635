import type { KubeObject } from '@fairlead/kube/kube-object'
import type { Loose } from '@fairlead/contracts/loose-json'

/**
 * What explanations need of an object, in Kubernetes' own shape, so that packages/insight reads a stored object and a
 * live one alike. Annotations are those that a rule reads, never all.
 */
export interface Kept {
  readonly generation: number
  readonly deleting: boolean
  readonly annotations: Readonly<Record<string, string>>
  readonly fields: Loose
}

export function kept(object: KubeObject, fields: Loose, annotations: readonly string[] = []): Kept {
  const { metadata } = object
  return {
    generation: metadata.generation ?? 0,
    deleting: metadata.deletionTimestamp !== undefined,
    annotations: Object.fromEntries(
      annotations.flatMap((key) => {
        const value = metadata.annotations?.[key]
        return typeof value === 'string' ? [[key, value]] : []
      }),
    ),
    fields,
  }
}

/** Only these fields of a record, those that are there. */
export const pick = (from: Loose, fields: readonly string[]): Loose =>
  Object.fromEntries(fields.flatMap((field) => (field in from ? [[field, from[field]]] : [])))
