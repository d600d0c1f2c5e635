import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { listObjects } from '@fairlead/kube/objects'
import { isFairleadError } from '@fairlead/contracts/errors'
import { valueAt } from '../manifest/pod-template'

const scales = (object: KubeManifest): boolean => valueAt(object, ['spec', 'replicas']) !== undefined
const targetOf = (autoscaler: KubeObject): string =>
  `${String(valueAt(autoscaler, ['spec', 'scaleTargetRef', 'kind']))}/${String(valueAt(autoscaler, ['spec', 'scaleTargetRef', 'name']))}`

/** Owning `spec.replicas` fights the autoscaler; dropping it before the autoscaler owns it resets it to 1. */
export async function autoscalerTraps(
  client: KubeClient,
  namespace: string,
  objects: readonly KubeManifest[],
): Promise<string[]> {
  const scaled = objects.filter(
    (object) => ['Deployment', 'StatefulSet'].includes(object.kind) && scales(object),
  )
  if (scaled.length === 0) return []
  const written = objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
  const live = await listObjects(
    client,
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
    { namespace },
  ).catch((error: unknown) => {
    // Only a warning depends on it: a console without the right to list autoscalers still gets its plan.
    if (isFairleadError(error)) return []
    throw error
  })
  const targets = new Set([...written, ...live].map(targetOf))
  return scaled
    .filter((object) => targets.has(`${object.kind}/${object.metadata.name}`))
    .map(
      (object) =>
        `${object.kind} ${object.metadata.name} sets spec.replicas, and a HorizontalPodAutoscaler scales it: each deploy undoes the autoscaler. Leave replicas out.`,
    )
}
