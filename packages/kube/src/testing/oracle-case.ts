import type { VerdictState } from '@fairlead/contracts/verdict'
import type { KubeManifest } from '../kube-object'
import { playedScheduler, playLabel, type Play } from './kubelet-player'

export type OracleKind = 'Deployment' | 'StatefulSet' | 'DaemonSet'
type Fields = Readonly<Record<string, unknown>>

export interface Applied {
  /** Of the workload; replicas are left to an autoscaler where they are undefined. */
  readonly spec?: Fields
  readonly plays?: Play
  readonly image?: string
  readonly pod?: Fields
}
/** What happens next; `until` is what our own verdict must have come to before the case goes on. */
export type Step = { readonly until?: VerdictState } & (
  | { readonly apply: Applied }
  /** As an autoscaler does it: by somebody else, on the subresource. */
  | { readonly scale: number }
  /** What all of its pods live through from now on. */
  | { readonly pods: Play }
  | { readonly failNode: string }
)

export interface OracleCase {
  readonly name: string
  readonly kind: OracleKind
  /** One without quota and rules, one whose quota is used up, one where no pod is admitted. */
  readonly namespace?: 'plain' | 'full' | 'restricted'
  readonly steps: readonly Step[]
  /** Once no controller runs any more: its status stays that of the generation before. */
  readonly unseen?: Step
  readonly ours: { readonly state: VerdictState; readonly says: RegExp }
  readonly kubectl: { readonly code: 0 | 1; readonly says: RegExp }
  /** Only where the two differ: why ours is right. */
  readonly why?: string
}

/** However slow the machine is, a pod that is starting is not one that fails. */
const patient = { httpGet: { path: '/', port: 80 }, periodSeconds: 10, failureThreshold: 100 }

/** Nodes whose name they bear; the third is there to fail. */
export const sound = { nodeSelector: { oracle: 'sound' } }

export function manifestOf({ name, kind }: OracleCase, namespace: string, applied: Applied): KubeManifest {
  const { spec = {}, plays = 'ready', image = 'registry.example/app:1', pod = {} } = applied
  const replicas = kind === 'DaemonSet' || 'replicas' in spec ? {} : { replicas: 2 }
  const entries = Object.entries({ ...replicas, ...spec }).filter(([, value]) => value !== undefined)
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      template: {
        metadata: { labels: { app: name, [playLabel]: plays } },
        spec: {
          schedulerName: playedScheduler,
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'app', image, readinessProbe: patient }],
          ...(kind === 'DaemonSet' ? sound : {}),
          ...pod,
        },
      },
      ...Object.fromEntries(entries),
    },
  }
}

/** kubectl's answer to the one question that both answer: has it arrived? */
export type Answer = 'done' | 'waiting' | 'failed'

export const ourAnswer: Readonly<Record<VerdictState, Answer | 'unproven'>> = {
  converged: 'done',
  unproven: 'unproven',
  progressing: 'waiting',
  paused: 'waiting',
  degraded: 'failed',
  deadline_exceeded: 'failed',
}

export function kubectlAnswer(code: number, words: string): Answer {
  if (code !== 0) return 'failed'
  return /successfully rolled out|roll out complete|rolling update complete/.test(words) ? 'done' : 'waiting'
}
