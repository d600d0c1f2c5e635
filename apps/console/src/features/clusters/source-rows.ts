import type { SourceFreshness } from '@fairlead/contracts/cluster'

export interface SourceRow {
  readonly label: string
  readonly freshness: SourceFreshness
}

/** One row for a kind; one for each of its namespaces where they differ. */
export function sourceRows(sources: readonly SourceFreshness[]): readonly SourceRow[] {
  const kinds = [...new Set(sources.map(({ kind }) => kind))]
  return kinds.flatMap((kind): readonly SourceRow[] => {
    const parts = sources.filter((source) => source.kind === kind)
    const oldest = parts.reduce((left, right) =>
      (right.lastSeenAt ?? '') < (left.lastSeenAt ?? '') ? right : left,
    )
    if (new Set(parts.map(({ state }) => state)).size === 1) return [{ label: kind, freshness: oldest }]
    return parts.map((freshness) => ({ label: `${kind} in ${freshness.namespace ?? ''}`, freshness }))
  })
}
