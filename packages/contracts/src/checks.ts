import { z } from 'zod'
import type { ClusterIdentity } from './cluster'
import { clusterIdSchema, nameSchema } from './ids'

/** `critical` breaks at the next drain or rollout, `warning` at the next fault, `advice` makes the day after easier. */
export const checkSeverities = ['critical', 'warning', 'advice'] as const
export type CheckSeverity = (typeof checkSeverities)[number]

/** What an experienced reviewer asks of a workload before it matters, each with what to do. */
export const readinessChecks = {
  'readiness-probe': {
    title: 'Readiness probe',
    severity: 'warning',
    fix: 'Add a readinessProbe: without one, started counts as ready, and requests reach pods that can not answer.',
  },
  'liveness-probe': {
    title: 'Liveness probe',
    severity: 'advice',
    fix: 'Add a livenessProbe where the process can hang without ending; never one that asks other services.',
  },
  requests: {
    title: 'Requests',
    severity: 'warning',
    fix: 'Set resources.requests for CPU and memory: the scheduler places by them, and evicts what has none first.',
  },
  'request-accuracy': {
    title: 'Requests match observed use',
    severity: 'warning',
    fix: 'Request what was seen and some room: CPU by its 95th percentile, memory by its peak; the Usage tab proposes both.',
  },
  limits: {
    title: 'Memory limit',
    severity: 'advice',
    fix: 'Set resources.limits.memory, so that a leak ends this container and not its neighbours.',
  },
  replicas: {
    title: 'More than one replica',
    severity: 'warning',
    fix: 'Run at least two: with one, any drain or crash is an outage.',
  },
  'disruption-budget': {
    title: 'PodDisruptionBudget',
    severity: 'warning',
    fix: 'Add a PodDisruptionBudget with maxUnavailable: 1, or a drain may take all pods at once.',
  },
  'drain-blocked': {
    title: 'A drain can get through',
    severity: 'critical',
    fix: 'Let the budget allow at least one disruption: maxUnavailable: 1, or minAvailable below the replica count.',
  },
  'topology-spread': {
    title: 'Spread over nodes',
    severity: 'advice',
    fix: 'Add topologySpreadConstraints on kubernetes.io/hostname, or pod anti-affinity, or one node takes all replicas.',
  },
  'rollout-strategy': {
    title: 'Rollout without an outage',
    severity: 'critical',
    fix: 'RollingUpdate with maxUnavailable below the replica count.',
  },
  'progress-deadline': {
    title: 'Progress deadline',
    severity: 'advice',
    fix: 'Set progressDeadlineSeconds beyond the slowest start plus minReadySeconds.',
  },
  'latest-tag': {
    title: 'Pinned image',
    severity: 'warning',
    fix: 'Name a digest or a tag that never moves: else a restart may start another program, and a rollback too.',
  },
  termination: {
    title: 'Graceful termination',
    severity: 'warning',
    fix: 'terminationGracePeriodSeconds above what preStop and the last requests take.',
  },
  'security-context': {
    title: 'Security context',
    severity: 'warning',
    fix: 'runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities.drop: [ALL]; privileged for nobody.',
  },
} as const satisfies Record<string, { title: string; severity: CheckSeverity; fix: string }>
export type CheckName = keyof typeof readinessChecks
export const checkNames = Object.keys(readinessChecks) as [CheckName, ...CheckName[]]

export interface CheckResult {
  readonly check: CheckName
  readonly severity: CheckSeverity
  readonly passed: boolean
  readonly message: string
}

export interface WaiverView {
  readonly id: string
  readonly reason: string
  readonly by: string
  readonly createdAt: string
  readonly expiresAt: string
}

export interface FindingView {
  readonly cluster: ClusterIdentity
  readonly workloadUid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  /** Projects whose destinations cover its namespace, among those that the viewer sees. */
  readonly projects: readonly string[]
  readonly check: CheckName
  readonly severity: CheckSeverity
  readonly message: string
  readonly since: string
  readonly waiver: WaiverView | null
}

export const listFindingsSchema = z.object({
  severity: z.enum(checkSeverities).optional(),
  check: z.enum(checkNames).optional(),
  cluster: nameSchema.optional(),
  project: nameSchema.optional(),
  /** Case-insensitive substring of namespace/name, or of the application. */
  search: z.string().max(200).optional(),
  /** Waived findings instead of those that stand. */
  waived: z.boolean().default(false),
  limit: z.number().int().min(1).max(2_000).default(500),
})

export interface FindingCount {
  readonly key: string
  readonly count: number
}

export interface FindingsView {
  readonly findings: readonly FindingView[]
  readonly total: number
  /** Of all that the viewer sees and that is not waived, whatever the filters: what the filters choose among. */
  readonly bySeverity: readonly FindingCount[]
  readonly byCheck: readonly FindingCount[]
  readonly byCluster: readonly FindingCount[]
  readonly byProject: readonly FindingCount[]
  readonly waived: number
  /** Workloads in sight, and those among them without any finding that stands. */
  readonly workloads: number
  readonly ready: number
}

export const maxWaiverDays = 365
export const waiveSchema = z.object({
  cluster: clusterIdSchema,
  namespace: z.string().min(1).max(63),
  kind: z.string().min(1).max(63),
  name: z.string().min(1).max(253),
  check: z.enum(checkNames),
  reason: z.string().trim().min(1, 'a reason is required').max(500),
  days: z.number().int().min(1).max(maxWaiverDays).default(30),
})
export const withdrawWaiverSchema = z.object({ waiver: z.uuid() })
