/** A namespace of a cluster, or the cluster; by names, as they stand in addresses. */
export interface SideAddress {
  readonly cluster: string
  readonly namespace: string | null
}

/** `staging/checkout`, `staging`; null for nothing. */
export function parseSide(text: string | null): SideAddress | null {
  const [cluster = '', namespace = ''] = (text ?? '').split('/')
  return cluster === '' ? null : { cluster, namespace: namespace === '' ? null : namespace }
}

export const sideText = ({ cluster, namespace }: SideAddress): string =>
  namespace === null ? cluster : `${cluster}/${namespace}`

/** Why two sides can't be compared yet; null when they can. */
export function whyNot(left: SideAddress | null, right: SideAddress | null): string | null {
  if (left === null || right === null) return 'Choose a cluster on both sides.'
  if ((left.namespace === null) !== (right.namespace === null))
    return 'Choose a namespace on both sides, or the whole cluster on both.'
  return null
}

const part = (side: SideAddress): string => sideText(side).split('/').map(encodeURIComponent).join('/')

export function compareHref(sides: {
  readonly left: SideAddress
  readonly right?: SideAddress
  readonly application?: string
}): string {
  const { left, right, application } = sides
  const parts = [
    `left=${part(left)}`,
    ...(right === undefined ? [] : [`right=${part(right)}`]),
    ...(application === undefined ? [] : [`application=${encodeURIComponent(application)}`]),
  ]
  return `/fleet/compare?${parts.join('&')}`
}

/** What the API takes of an address. */
export const sideInput = ({ cluster, namespace }: SideAddress) => ({
  cluster,
  ...(namespace === null ? {} : { namespace }),
})
