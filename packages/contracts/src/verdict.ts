/** What one object says of itself, judged per kind in kube/health. */
export const verdictStates = {
  unproven: { word: 'Unproven', tone: 'unknown' },
  progressing: { word: 'Progressing', tone: 'progress' },
  converged: { word: 'Converged', tone: 'ok' },
  degraded: { word: 'Degraded', tone: 'failing' },
  deadline_exceeded: { word: 'Deadline exceeded', tone: 'failing' },
  paused: { word: 'Paused', tone: 'paused' },
} as const
export type VerdictState = keyof typeof verdictStates

/** A reason early enough to act on before any deadline: image pull, crash loop, quota, unschedulable … */
export interface Evidence {
  readonly reason: string
  readonly message: string
  readonly objectKind: string
  readonly objectName: string
  /** Who can change it, where that is known of the object and not of its kind. */
  readonly owner?: string
  readonly since: string | null
}

/** Replica counts are pods; `surge` and `unavailable` are the resolved absolute numbers, null where not applicable. */
export interface ReplicaCounts {
  readonly desired: number
  readonly current: number
  readonly updated: number
  readonly ready: number
  readonly available: number
  readonly surge: number | null
  readonly unavailable: number | null
}

export interface Verdict {
  readonly state: VerdictState
  readonly message: string
  readonly replicas: ReplicaCounts | null
  readonly evidence: readonly Evidence[]
  /** Generation that the status describes, and the one the spec has. */
  readonly observedGeneration: number | null
  readonly generation: number | null
}
