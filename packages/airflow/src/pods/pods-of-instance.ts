import type { AirflowPods } from '@fairlead/contracts/airflow-pods'
import type { Actor } from '@fairlead/kernel/context'
import type { InstanceRef } from '../client/paths'
import { safeLabel } from './safe-label'
import { isOfIndex, labelsOf, tryOf } from './pod-labels'
import type { LabelledPod, PodSight } from './pod-sight'

const shown = 20

interface Asked {
  readonly actor: Actor
  readonly places: readonly string[]
  readonly now: Date
}

/** What clusters know of one task instance. */
export async function podsOfInstance(sight: PodSight, ref: InstanceRef, asked: Asked): Promise<AirflowPods> {
  const { actor, places, now } = asked
  const [labelled, clusters] = await Promise.all([
    sight.pods(actor, { labels: labelsOf(ref), places }),
    sight.clusters(actor, places, now),
  ])
  const pods = labelled.filter(({ labels }) => isOfIndex(labels, ref.mapIndex))
  const kin =
    places.length > 0 ? [] : await sight.pods(actor, { labels: { dag_id: safeLabel(ref.dag) }, places })
  const quotaPlaces = places.length > 0 ? places : placesOf(kin)
  return {
    pods: pods.slice(0, shown).map(({ labels, ...pod }) => ({ ...pod, tryNumber: tryOf(labels) })),
    cut: pods.length > shown,
    fullQuotas: quotaPlaces.length === 0 ? [] : await sight.fullQuotas(actor, quotaPlaces),
    notLive: clusters.notLive,
    clusters: clusters.count,
    narrowed: places.length > 0,
  }
}

const placesOf = (pods: readonly LabelledPod[]): readonly string[] => [
  ...new Set(pods.map(({ cluster, namespace }) => `${cluster.name}/${namespace}`)),
]
