import type { CheckResult } from '@fairlead/contracts/checks'
import type { Evidence, Verdict, VerdictState } from '@fairlead/contracts/verdict'
import { checkWorkload } from '@fairlead/insight/checklist/check-workload'
import { hasReplicas, podLabelsOf, replicasOf } from '@fairlead/insight/checklist/workload-parts'
import { containerRequests, type ContainerRequests } from '@fairlead/insight/usage/container-requests'
import { verdictOf } from '@fairlead/kube/health/verdict-of'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { conditionsOf, conditionTrue } from './conditions'
import { humanDuration } from './human-duration'
import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textsIn,
  timeIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import type { Condition, KindSummary } from './summarized'

/** How cards count workloads. */
export type WorkloadState = 'converged' | 'converging' | 'degraded'

export const workloadStateOf: Readonly<Record<VerdictState, WorkloadState>> = {
  converged: 'converged',
  unproven: 'converging',
  progressing: 'converging',
  paused: 'converging',
  degraded: 'degraded',
  deadline_exceeded: 'degraded',
}

export interface WorkloadSummary {
  readonly generation: number
  readonly strategy: string
  readonly selector: Readonly<Record<string, string>>
  readonly conditions: readonly Condition[]
  /** Deployment: the revision annotation; StatefulSet: the name of its newest ControllerRevision. */
  readonly revision: string | null
  readonly readiness: ReadinessSummary
}
/** What the checklist needs once more when the object itself is no longer at hand. */
export interface ReadinessSummary {
  /** Checks of the object alone that it fails. */
  readonly failed: readonly Omit<CheckResult, 'passed'>[]
  readonly podLabels: Readonly<Record<string, string>>
  readonly replicas: number | null
  readonly containers: readonly ContainerRequests[]
}
export interface ReplicaSetSummary {
  readonly revision: string | null
  readonly desired: number
  readonly current: number
  readonly ready: number
  readonly evidence: readonly Evidence[]
}

const revisionKey = 'deployment.kubernetes.io/revision'

function strategyWords(kind: string, spec: Loose): string {
  const strategy = recordIn(kind === 'Deployment' ? spec['strategy'] : spec['updateStrategy'])
  const rolling = recordIn(strategy['rollingUpdate'])
  const parts = ['maxSurge', 'maxUnavailable', 'partition'].flatMap((key) => {
    const value = rolling[key]
    return typeof value === 'string' || typeof value === 'number' ? [`${key} ${value}`] : []
  })
  const type = textIn(strategy['type'])
  if (kind === 'Job') return textIn(spec['completionMode']) || 'NonIndexed'
  if (kind === 'CronJob') return textIn(spec['concurrencyPolicy'])
  return parts.length === 0 ? type : `${type} (${parts.join(', ')})`
}

export function templateImages(template: unknown): readonly string[] {
  const spec = recordIn(recordIn(template)['spec'])
  return recordsIn(spec['containers']).map(
    (container) => `${textIn(container['name'])}=${textIn(container['image'])}`,
  )
}

/** An object that the judge can't read must not keep its row from being stored; unknown is never green. */
function judged(object: KubeObject): Verdict {
  try {
    return verdictOf(object)
  } catch {
    const message = 'Its status could not be read'
    return {
      state: 'unproven',
      message,
      replicas: null,
      evidence: [],
      observedGeneration: null,
      generation: null,
    }
  }
}

const readinessOf = (object: KubeObject): ReadinessSummary => ({
  failed: checkWorkload(object).flatMap(({ passed, check, severity, message }) =>
    passed ? [] : [{ check, severity, message: message.slice(0, 500) }],
  ),
  podLabels: podLabelsOf(object),
  replicas: hasReplicas(object) ? replicasOf(object) : null,
  containers: containerRequests(object),
})

function workload(object: KubeObject, cells: Readonly<Record<string, string>>): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const verdict = judged(object)
  const summary: WorkloadSummary = {
    generation: object.metadata.generation ?? 0,
    strategy: strategyWords(object.kind, spec),
    selector: textsIn(recordIn(spec['selector'])['matchLabels']),
    conditions: conditionsOf(status),
    revision: object.metadata.annotations?.[revisionKey] ?? (textIn(status['updateRevision']) || null),
    readiness: readinessOf(object),
  }
  const template =
    object.kind === 'CronJob' ? recordIn(recordIn(spec['jobTemplate'])['spec'])['template'] : spec['template']
  return {
    cells,
    summary,
    verdict,
    state: workloadStateOf[verdict.state],
    images: templateImages(template),
  }
}

/** Upstream of all cells below: kubernetes/pkg/printers/internalversion. */
export function summarizeDeployment(object: KubeObject): KindSummary {
  const status = recordIn(object['status'])
  const desired = integerIn(recordIn(object['spec'])['replicas'])
  return workload(object, {
    Ready: `${integerIn(status['readyReplicas'])}/${desired}`,
    'Up-to-date': String(integerIn(status['updatedReplicas'])),
    Available: String(integerIn(status['availableReplicas'])),
  })
}

export function summarizeReplicaSet(object: KubeObject): KindSummary {
  const status = recordIn(object['status'])
  const spec = recordIn(object['spec'])
  const summary: ReplicaSetSummary = {
    revision: object.metadata.annotations?.[revisionKey] ?? null,
    desired: integerIn(spec['replicas']),
    current: integerIn(status['replicas']),
    ready: integerIn(status['readyReplicas']),
    evidence: judged(object).evidence,
  }
  return {
    cells: {
      Desired: String(summary.desired),
      Current: String(summary.current),
      Ready: String(summary.ready),
    },
    summary,
    images: templateImages(spec['template']),
  }
}

export function summarizeStatefulSet(object: KubeObject): KindSummary {
  const ready = integerIn(recordIn(object['status'])['readyReplicas'])
  return workload(object, { Ready: `${ready}/${integerIn(recordIn(object['spec'])['replicas'])}` })
}

export function summarizeDaemonSet(object: KubeObject): KindSummary {
  const status = recordIn(object['status'])
  const podSpec = recordIn(recordIn(recordIn(object['spec'])['template'])['spec'])
  const selector = Object.entries(textsIn(podSpec['nodeSelector']))
  const count = (field: string): string => String(integerIn(status[field]))
  return workload(object, {
    Desired: count('desiredNumberScheduled'),
    Current: count('currentNumberScheduled'),
    Ready: count('numberReady'),
    'Up-to-date': count('updatedNumberScheduled'),
    Available: count('numberAvailable'),
    'Node Selector':
      selector
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(',') || '<none>',
  })
}

function jobWords(object: KubeObject, status: Loose): string {
  if (conditionTrue(status, 'Complete')) return 'Complete'
  if (conditionTrue(status, 'Failed')) return 'Failed'
  if (object.metadata.deletionTimestamp !== undefined) return 'Terminating'
  const rest = ['Suspended', 'FailureTarget', 'SuccessCriteriaMet']
  return rest.find((type) => conditionTrue(status, type)) ?? 'Running'
}

/** The duration of a Job that has not completed ticks: the cell holds the time since when. */
function jobDuration(status: Loose): string {
  const startedAt = timeIn(status['startTime'])
  const completedAt = timeIn(status['completionTime'])
  if (startedAt === null || completedAt === null) return startedAt ?? ''
  return humanDuration(Date.parse(completedAt) - Date.parse(startedAt))
}

export function summarizeJob(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const parallelism = integerIn(spec['parallelism'])
  const wanted =
    typeof spec['completions'] === 'number'
      ? String(integerIn(spec['completions']))
      : parallelism > 1
        ? `1 of ${parallelism}`
        : '1'
  return workload(object, {
    Status: jobWords(object, status),
    Completions: `${integerIn(status['succeeded'])}/${wanted}`,
    Duration: jobDuration(status),
  })
}

/** Last Schedule ticks: the cell holds a time. */
export function summarizeCronJob(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const suspend = spec['suspend']
  return workload(object, {
    Schedule: textIn(spec['schedule']),
    Timezone: textIn(spec['timeZone']) || '<none>',
    Suspend: typeof suspend === 'boolean' ? (suspend ? 'True' : 'False') : '<unset>',
    Active: String(recordsIn(status['active']).length),
    'Last Schedule': timeIn(status['lastScheduleTime']) ?? '<none>',
  })
}
