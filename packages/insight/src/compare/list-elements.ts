import { recordIn, type Loose } from '@fairlead/contracts/loose-json'

/**
 * Fields by which elements of a list are the same element, as Kubernetes' own schemas merge them
 * (x-kubernetes-list-map-keys); the first that tells all elements of both sides apart counts.
 */
const keysOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ports: [['name'], ['containerPort', 'protocol'], ['port', 'protocol']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  hostAliases: [['ip']],
  conditions: [['type']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  tolerations: [['key', 'operator', 'value', 'effect']],
  matchExpressions: [['key', 'operator']],
  ownerReferences: [['kind', 'name']],
  rules: [['host'], ['name']],
  paths: [['path', 'pathType']],
  tls: [['secretName']],
  items: [['key']],
  metrics: [['type', 'resource.name']],
  parentRefs: [['name', 'sectionName', 'port']],
  backendRefs: [['name', 'port']],
}
const usualKeys: readonly (readonly string[])[] = [['name'], ['metadata.name']]
/** Lists in which the place of an element means nothing, though none of its fields names it. */
const unordered = new Set([
  'tolerations',
  'ingress',
  'egress',
  'from',
  'to',
  'ports',
  'accessModes',
  'policyTypes',
  'hostnames',
  'hosts',
  'values',
  'versions',
  'add',
  'drop',
])
/** Lists that are matched by name, and in which the place means something nevertheless. */
const inOrder = new Set(['initContainers'])

export interface Elements {
  /** In the order of the left side, then what only the right one has. */
  readonly pairs: readonly { readonly label: string; readonly left?: unknown; readonly right?: unknown }[]
  /** Elements that both have, in the order of each, where that differs and matters. */
  readonly moved: { readonly left: readonly string[]; readonly right: readonly string[] } | null
}

const at = (element: Loose, path: string): unknown =>
  path.split('.').reduce<unknown>((value, field) => recordIn(value)[field], element)
const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** null when the fields don't tell every element apart. */
function labelsBy(list: readonly unknown[], fields: readonly string[]): readonly string[] | null {
  const labels = list.map((element) => {
    const values = fields.map((field) => at(recordIn(element), field))
    return isScalar(values[0]) ? values.filter(isScalar).join('/') : null
  })
  const told = labels.filter((label) => label !== null)
  return told.length === list.length && new Set(told).size === list.length ? told : null
}

/** Equal values of an unordered list are counted, so that each has a label of its own. */
function labelsByValue(list: readonly unknown[]): readonly string[] {
  const seen = new Map<string, number>()
  return list.map((element) => {
    const text = stableText(element)
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    return count === 1 ? text : `${text} ${count}`
  })
}

/** JSON with sorted keys: equal for equal values. */
export const stableText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )

const places = (list: readonly unknown[]): readonly string[] => list.map((_, index) => String(index))

function labelled(
  left: readonly unknown[],
  right: readonly unknown[],
  field: string,
): readonly [readonly string[], readonly string[]] {
  for (const fields of keysOf[field] ?? usualKeys) {
    const [of, to] = [labelsBy(left, fields), labelsBy(right, fields)]
    if (of !== null && to !== null) return [of, to]
  }
  return unordered.has(field) ? [labelsByValue(left), labelsByValue(right)] : [places(left), places(right)]
}

/** Which element of one list is which of the other's. */
export function elementsOf(left: readonly unknown[], right: readonly unknown[], field: string): Elements {
  const [of, to] = labelled(left, right, field)
  const rights = new Map(to.map((label, index) => [label, right[index]]))
  const lefts = new Set(of)
  const pairs = [
    ...of.map((label, index) => ({
      label,
      left: left[index],
      ...(rights.has(label) ? { right: rights.get(label) } : {}),
    })),
    ...to.flatMap((label, index) => (lefts.has(label) ? [] : [{ label, right: right[index] }])),
  ]
  const shared = {
    left: of.filter((label) => rights.has(label)),
    right: to.filter((label) => lefts.has(label)),
  }
  const moved = inOrder.has(field) && shared.left.join('\n') !== shared.right.join('\n')
  return { pairs, moved: moved ? shared : null }
}

/** Lists of plain values: as a whole, sorted where their order means nothing. */
export const sameValues = (left: readonly unknown[], right: readonly unknown[], field: string): boolean => {
  const of = (list: readonly unknown[]): string =>
    stableText(unordered.has(field) ? list.map((value) => stableText(value)).sort() : list)
  return of(left) === of(right)
}
