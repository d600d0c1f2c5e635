import { recordIn, type Loose } from '@fairlead/contracts/loose-json'

/**
 * Kubernetes objects as plain JSON, as an API server sends them or as the inventory kept them: what is not of the
 * expected type reads as absent.
 */
export interface PlainObject {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string | undefined
    readonly uid?: string | undefined
    readonly generation?: number | undefined
    readonly deletionTimestamp?: string | undefined
    readonly labels?: Readonly<Record<string, string>> | undefined
    readonly annotations?: Readonly<Record<string, string>> | undefined
    readonly ownerReferences?: readonly Owner[] | undefined
  }
  readonly [field: string]: unknown
}

export interface Owner {
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean | undefined
}

export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

export const specOf = (object: PlainObject): Loose => recordIn(object['spec'])
export const statusOf = (object: PlainObject): Loose => recordIn(object['status'])

export const refOf = ({ kind, metadata }: PlainObject) => ({
  kind,
  namespace: metadata.namespace ?? null,
  name: metadata.name,
})
export const namespaceOf = ({ metadata }: PlainObject): string => metadata.namespace ?? ''

/** The first few of a list, and how many more. */
export function few(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most).join(', ')
  return items.length > most ? `${shown} and ${items.length - most} more` : shown
}
