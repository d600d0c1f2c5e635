import type { Finding } from '@fairlead/documents/zod-problems'

export const notInfrastructure =
  'A workflow never manages long-running infrastructure; deploy it as an Application (Applications → New application)'

/** Words of things that run on, not of tasks that end. */
const words: ReadonlySet<string> = new Set(
  (
    'deployment statefulSet daemonSet replicaSet service ingress helm manifests replicas minReplicas maxReplicas ' +
    'autoscaling ports expose strategy selector livenessProbe readinessProbe startupProbe rollingUpdate updateStrategy'
  )
    .toLowerCase()
    .split(' '),
)

const kinds: ReadonlySet<string> = new Set(
  'Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Service Ingress Rollout HorizontalPodAutoscaler'.split(
    ' ',
  ),
)

export const isLongRunningKind = (kind: unknown): boolean => typeof kind === 'string' && kinds.has(kind)

/** A key that isn't known, told in the words of what its writer wanted. */
export function explainUnknown(finding: Finding): Finding {
  const key = finding.path.at(-1)
  if (typeof key !== 'string' || finding.found !== key) return finding
  const inTasks = finding.path[1] === 'tasks'
  if (inTasks && words.has(key.toLowerCase())) return { ...finding, message: notInfrastructure }
  return finding
}
