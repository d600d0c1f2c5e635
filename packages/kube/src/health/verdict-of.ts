import type { Verdict } from '@fairlead/contracts/verdict'
import type { KubeObject } from '../kube-object'
import { cronJobVerdict } from './cronjob'
import { daemonSetVerdict } from './daemonset'
import { deploymentVerdict } from './deployment'
import { genericVerdict } from './generic'
import { jobVerdict } from './job'
import { podVerdict } from './pod'
import type { VerdictContext } from './read-status'
import { replicaSetVerdict } from './replicaset'
import { statefulSetVerdict } from './statefulset'

export type { VerdictContext } from './read-status'

const verdicts: Readonly<Record<string, (object: KubeObject, context: VerdictContext) => Verdict>> = {
  'apps/v1 Deployment': deploymentVerdict,
  'apps/v1 StatefulSet': statefulSetVerdict,
  'apps/v1 DaemonSet': daemonSetVerdict,
  'apps/v1 ReplicaSet': replicaSetVerdict,
  'batch/v1 Job': jobVerdict,
  'batch/v1 CronJob': cronJobVerdict,
  'v1 Pod': (pod, { now }) => podVerdict(pod, now),
}

/** Pure and total: what one live object says of itself. Objects on their way out are progressing, whatever they say. */
export function verdictOf(object: KubeObject, context: VerdictContext = {}): Verdict {
  const judge = verdicts[`${object.apiVersion} ${object.kind}`] ?? genericVerdict
  if (object.metadata.deletionTimestamp === undefined) return judge(object, context)
  return { ...judge(object, context), state: 'progressing', message: 'It is being deleted' }
}
