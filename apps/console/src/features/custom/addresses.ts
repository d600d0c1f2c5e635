export interface CustomKindAddress {
  /** Cluster name. */
  readonly cluster: string
  /** Name of the CustomResourceDefinition. */
  readonly definition: string
}
export interface CustomObjectAddress extends CustomKindAddress {
  readonly namespace: string | null
  readonly name: string
}

/** Stands where a namespace would, for kinds that have none. */
const noNamespace = '-'

const pathOf = (parts: readonly string[]): string => parts.map(encodeURIComponent).join('/')

/** `/clusters/staging/custom/certificates.cert-manager.io`. */
export const customHref = ({ cluster, definition }: CustomKindAddress): string =>
  `/clusters/${pathOf([cluster, 'custom', definition])}`

/** The kind's address, then the object's namespace and name. */
export const customObjectHref = ({ namespace, name, ...kind }: CustomObjectAddress): string =>
  `${customHref(kind)}/${pathOf([namespace ?? noNamespace, name])}`

export const parseCustomKind = (parts: { name: string; definition: string }): CustomKindAddress => ({
  cluster: decodeURIComponent(parts.name),
  definition: decodeURIComponent(parts.definition),
})

export function parseCustomObject(parts: {
  name: string
  definition: string
  namespace: string
  object: string
}): CustomObjectAddress {
  const namespace = decodeURIComponent(parts.namespace)
  return {
    ...parseCustomKind(parts),
    namespace: namespace === noNamespace ? null : namespace,
    name: decodeURIComponent(parts.object),
  }
}
