/** What this process started lately: where it lies, and whether a watch that lives should have shown it by now. */
export interface RecentStarts {
  add(key: string, cluster: string, namespace: string): void
  namespaceOf(key: string, cluster: string): string | null
  /** It is being taken away: no watch need show it. */
  unexpect(key: string, cluster: string): void
  /** Started at least `ms` ago; each is named once. */
  overdue(cluster: string, ms: number): readonly string[]
}

interface Start {
  readonly key: string
  readonly cluster: string
  readonly namespace: string
  readonly at: number
}

/** Older ones are forgotten: they are found by their label. */
const kept = 20_000

export function createRecentStarts(): RecentStarts {
  const starts = new Map<string, Start>()
  const expected = new Map<string, Start>()
  const put = (map: Map<string, Start>, start: Start): void => {
    map.set(`${start.cluster} ${start.key}`, start)
    const [oldest] = map.keys()
    if (map.size > kept && oldest !== undefined) map.delete(oldest)
  }
  return {
    add(key, cluster, namespace) {
      const start = { key, cluster, namespace, at: Date.now() }
      put(starts, start)
      put(expected, start)
    },
    namespaceOf: (key, cluster) => starts.get(`${cluster} ${key}`)?.namespace ?? null,
    unexpect: (key, cluster) => void expected.delete(`${cluster} ${key}`),
    overdue(cluster, ms) {
      const due: string[] = []
      for (const [id, start] of expected) {
        if (start.at > Date.now() - ms) break
        if (start.cluster !== cluster) continue
        due.push(start.key)
        expected.delete(id)
      }
      return due
    },
  }
}
