import type { WaveOrder, WavesSpec } from '@fairlead/contracts/waves'

export interface OrderedCluster {
  readonly name: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
}

/** By cluster: its wave, from 1. Total and without gaps, whatever the clusters are labelled. */
export function resolveWaves(
  spec: WavesSpec,
  clusters: readonly OrderedCluster[],
): ReadonlyMap<string, number> {
  const sorted = clusters.toSorted(
    (left, right) => compareAll(spec.order, left, right) || byName(left, right),
  )
  const cuts = spec.sizes === undefined ? null : cutsOf(spec.sizes, sorted.length)
  let wave = 0
  const waves = sorted.map((cluster, index): [string, number] => {
    const before = sorted[index - 1]
    const begins =
      cuts === null
        ? before === undefined || compareAll(spec.order, before, cluster) !== 0
        : index === 0 || cuts.has(index)
    if (begins) wave++
    return [cluster.name, wave]
  })
  return new Map(waves)
}

interface Placed {
  readonly wave: number
  readonly cluster: string
}
/** As targets of a stage take their turns; those without waves stay in the order that they have. */
export const byWave = (left: Placed, right: Placed): number =>
  left.wave - right.wave ||
  (left.wave === 0 ? 0 : left.cluster.localeCompare(right.cluster, 'en', { numeric: true }))

/** Where waves end: counts of targets, each share of all of them rounded up. */
function cutsOf(sizes: NonNullable<WavesSpec['sizes']>, all: number): ReadonlySet<number> {
  let at = 0
  return new Set(
    sizes.map((size) => {
      at += typeof size === 'number' ? size : Math.ceil((Number.parseInt(size, 10) / 100) * all)
      return at
    }),
  )
}

const byName = (left: OrderedCluster, right: OrderedCluster): number =>
  left.name.localeCompare(right.name, 'en', { numeric: true }) || (left.name < right.name ? -1 : 1)

function compareAll(order: readonly WaveOrder[], left: OrderedCluster, right: OrderedCluster): number {
  for (const by of order) {
    const difference = compareBy(by, left, right)
    if (difference !== 0) return difference
  }
  return 0
}

/** Values that are listed come first, in their order; then the others; clusters without the label come last. */
function compareBy(order: WaveOrder, left: OrderedCluster, right: OrderedCluster): number {
  const { label, values } = typeof order === 'string' ? { label: order, values: [] } : order
  const valueOf = ({ environment, labels }: OrderedCluster): string | undefined =>
    new Map(Object.entries({ environment, ...labels })).get(label)
  const [one, two] = [valueOf(left), valueOf(right)]
  if (one === two) return 0
  if (one === undefined || two === undefined) return one === undefined ? 1 : -1
  const rank = (value: string): number => {
    const index = values.indexOf(value)
    return index === -1 ? values.length : index
  }
  return rank(one) - rank(two) || one.localeCompare(two, 'en', { numeric: true }) || (one < two ? -1 : 1)
}
