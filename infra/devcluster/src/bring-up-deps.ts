import type { Progress } from './cluster-types'

export interface BringUpDeps {
  readonly cacheDir: string
  readonly report: (progress: Omit<Progress, 'cluster'>) => void
  readonly signal?: AbortSignal | undefined
}
