/** The parts of a cluster that keep its promise, what each is for, and what a team notices when it is gone. */
export const controlPlaneComponents = {
  apiserver: {
    name: 'API server',
    role: 'central communication hub',
    impact: 'Nothing can be deployed, scaled, rolled back or watched; what runs goes on running.',
  },
  etcd: {
    name: 'etcd',
    role: 'store of desired state',
    impact: 'Desired state can be neither read nor written: the state of the whole cluster is at stake.',
  },
  scheduler: {
    name: 'Scheduler',
    role: 'pod-to-node assignment',
    impact: 'New and evicted pods stay Pending; running pods go on.',
  },
  'controller-manager': {
    name: 'Controller manager',
    role: 'reconciliation loops',
    impact: 'Drift goes uncorrected: no ReplicaSet, Job or EndpointSlice changes, dead nodes go unnoticed.',
  },
  kubelet: {
    name: 'Kubelets',
    role: 'node-level execution',
    impact: 'Pods of that node are neither started, restarted nor probed; what fails there stays failed.',
  },
} as const
export type ControlPlaneComponent = keyof typeof controlPlaneComponents
export const controlPlaneComponentNames = Object.keys(controlPlaneComponents) as ControlPlaneComponent[]
export type ComponentState = 'ok' | 'failing' | 'unknown'

/** One thing that was looked at to judge a component. */
export interface ComponentSignal {
  readonly what: string
  readonly state: ComponentState
  readonly words: string
}

export interface ControlPlaneEvidence {
  readonly component: ControlPlaneComponent
  readonly state: ComponentState
  /** The one sentence that decides. */
  readonly evidence: string
  readonly impact: string
  readonly signals: readonly ComponentSignal[]
  readonly checkedAt: string | null
}

/** One timed request; `status` is null when there was no HTTP answer at all. Times in milliseconds. */
export interface HealthSample {
  readonly status: number | null
  readonly ms: number
  /** What went wrong in words: the name, the connection, TLS, the credential, or the time. */
  readonly words: string | null
}

export type LeaseSignal =
  | {
      readonly state: 'read'
      readonly holder: string | null
      readonly renewedAt: string | null
      readonly durationSeconds: number
    }
  | { readonly state: 'missing' | 'denied' | 'unreadable' }

export interface NodeLeaseSignal {
  readonly node: string
  readonly renewedAt: string | null
  readonly durationSeconds: number
}

/** What one look at a control plane brought; judged by insight, never by whoever collected it. Times are ISO 8601. */
export interface ControlPlaneSignals {
  readonly at: string
  /** From the API server's Date header: leases are aged by its clock, never by ours. */
  readonly serverTime: string | null
  readonly livez: readonly HealthSample[]
  readonly readyz: readonly HealthSample[]
  readonly etcd: HealthSample
  /** Latency of a create that admission and validation saw and that left nothing behind; null when not tried. */
  readonly dryRun: HealthSample | null
  readonly leases: Readonly<Record<'scheduler' | 'controller-manager', LeaseSignal>>
  /** null when they could not be read. */
  readonly nodes: readonly NodeLeaseSignal[] | null
  /** Server's time when the node leases were read: they are read less often than the rest. */
  readonly nodesAt: string | null
  /** Set when there are more nodes than were read. */
  readonly nodesTruncated: boolean
}

/** One workload of a team that a failure reaches, and how. */
export interface AffectedWorkload {
  readonly namespace: string | null
  readonly kind: string
  readonly name: string
  /** The application that Fairlead applied it for, when it did. */
  readonly application: string | null
  readonly words: string
}

export interface ComponentImpact extends ControlPlaneEvidence {
  /** What it means now for what the viewer may see here, in one sentence; null when nothing is wrong. */
  readonly now: string | null
  readonly affected: readonly AffectedWorkload[]
  /** More than are listed. */
  readonly affectedTotal: number
  /** Distinct applications among them. */
  readonly applications: readonly string[]
}

export interface ControlPlaneView {
  readonly cluster: { readonly id: string; readonly name: string }
  readonly components: readonly ComponentImpact[]
  /** Age of the pods and workloads that this is told by: they stand still while the API server is away. */
  readonly seenAt: string | null
}
