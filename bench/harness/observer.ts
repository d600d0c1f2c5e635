import { watchKind } from '@fairlead/kube/list-watch'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { z } from 'zod'

const deploymentSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), generation: z.number() }),
  spec: z.looseObject({
    replicas: z.number().default(1),
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })).min(1) }),
    }),
  }),
  status: z.looseObject({
    observedGeneration: z.number().default(0),
    replicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    availableReplicas: z.number().default(0),
    conditions: z.array(z.looseObject({ type: z.string(), reason: z.string().optional() })).default([]),
  }),
})
export type Deployment = z.infer<typeof deploymentSchema>

/** What a watch of ours, beside everything that is measured, heard of a Deployment, and when. */
export interface Sighting {
  /** Date.now() when the event had arrived. */
  readonly at: number
  readonly deployment: Deployment
}

export interface Observer {
  /** The first sighting from `sinceMs` on that matches; waits for it if it hasn't come yet. */
  first(sinceMs: number, match: (deployment: Deployment) => boolean): Promise<Sighting>
  close(): void
}

const giveUpAfterMs = 120_000

/** Watches the Deployments of one namespace; resolves once the watch stands. */
export async function observeDeployments(client: KubeClient, namespace: string): Promise<Observer> {
  const sightings: Sighting[] = []
  const waiting = new Set<() => void>()
  const stopped = new AbortController()
  await new Promise<void>((resolve) => {
    const target = { apiVersion: 'apps/v1', plural: 'deployments', kind: 'Deployment', namespace }
    const ignore = (): void => undefined
    const handler = {
      startSync: () => ({ chunk: ignore, finish: resolve, abandon: ignore }),
      onChanges: (changes: readonly { readonly object: Deployment }[]) => {
        const at = Date.now()
        for (const { object } of changes) sightings.push({ at, deployment: object })
        for (const look of waiting) look()
      },
      onState: ignore,
      onHeartbeat: ignore,
    }
    const project = (object: unknown): Deployment => deploymentSchema.parse(object)
    void watchKind(client, target, handler, { signal: stopped.signal, project })
  })
  return {
    close: () => stopped.abort(),
    first: (sinceMs, match) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = sightings.find(({ at, deployment }) => at >= sinceMs && match(deployment))
          if (found === undefined) return
          waiting.delete(look)
          clearTimeout(timer)
          resolve(found)
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`No Deployment of ${namespace} became what was awaited.`))
        }, giveUpAfterMs)
        waiting.add(look)
        look()
      }),
  }
}

export const imageOf = (deployment: Deployment): string =>
  deployment.spec.template.spec.containers[0]?.image ?? ''

/** kubectl's and our own meaning of complete: everything new, everything available, nothing old. */
export const isComplete = ({ metadata, spec, status }: Deployment): boolean =>
  status.observedGeneration >= metadata.generation &&
  status.updatedReplicas === spec.replicas &&
  status.replicas === spec.replicas &&
  status.availableReplicas === spec.replicas

export const hasMissedItsDeadline = ({ status }: Deployment): boolean =>
  status.conditions.some(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  )
