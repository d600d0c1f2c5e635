import type { ComparedSide } from '../comparison'

/** One side of a comparison in tests: a cluster that answers now. */
export const comparedSide = (name: string, namespace: string | null = 'shop'): ComparedSide => ({
  cluster: {
    id: name,
    name,
    environment: 'staging',
    colour: 0,
    freshness: { state: 'live', lastSeenAt: null, message: null },
  },
  namespace,
})
