import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { Unseen } from '@fairlead/contracts/pod-why'
import { podSpecOf, type WorkloadObject } from '@fairlead/insight/checklist/workload-parts'
import { readSurroundings } from '@fairlead/insight/scheduling/surroundings'
import { growthOf } from '@fairlead/insight/surge/autoscaler'
import { prioritiesOf, type SurgeQuestion } from '@fairlead/insight/surge/simulate'
import type { WorkloadChange } from '@fairlead/insight/surge/steps'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { createReader } from '@fairlead/kube/lenient-reader'
import { getObject } from '@fairlead/kube/objects'

export type SurgeEvidence = Pick<
  SurgeQuestion,
  'objects' | 'quotas' | 'limitRanges' | 'priorities' | 'mayGrow' | 'unseen'
>

const whole = (object: unknown): unknown => object

/** Waves of one application plan many targets within moments: they share one look at the nodes and their pods. */
const lookKeptMs = 3_000
interface Look {
  readonly at: number
  readonly found: ReturnType<typeof lookAround>
}
const looks = new WeakMap<KubeClient, Map<string, Look>>()

async function lookAround(client: KubeClient, namespace: string, claims: boolean) {
  const reader = createReader(client)
  const objects = await readSurroundings(reader, { namespace, claims })
  return { objects, unseen: reader.unseen }
}

function around(client: KubeClient, namespace: string, claims: boolean): Look['found'] {
  const kept = looks.get(client) ?? new Map<string, Look>()
  looks.set(client, kept)
  const key = `${namespace} ${claims}`
  const last = kept.get(key)
  if (last !== undefined && Date.now() - last.at < lookKeptMs) return last.found
  const found = lookAround(client, namespace, claims)
  kept.set(key, { at: Date.now(), found })
  found.catch(() => kept.delete(key))
  return found
}

const specOf = ({ after }: WorkloadChange) => podSpecOf(recordIn(after) as WorkloadObject)

function usesClaims(change: WorkloadChange): boolean {
  const templates = recordsIn(recordIn(recordIn(change.after)['spec'])['volumeClaimTemplates'])
  return (
    templates.length > 0 ||
    recordsIn(specOf(change)['volumes']).some(
      (volume) => volume['persistentVolumeClaim'] !== undefined || volume['ephemeral'] !== undefined,
    )
  )
}

const autoscalerStatus = (client: KubeClient): Promise<unknown> =>
  getObject(client, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'kube-system',
    name: 'cluster-autoscaler-status',
  }).catch((error: unknown) => {
    // Only how a refusal is worded depends on it.
    if (isFairleadError(error)) return null
    throw error
  })

async function readEvidence(
  client: KubeClient,
  namespace: string,
  changes: readonly WorkloadChange[],
): Promise<SurgeEvidence> {
  const reader = createReader(client)
  const inNamespace = (kind: string, what: string, cost: string) =>
    reader.list({ apiVersion: 'v1', kind, what, cost, read: whole, options: { namespace } })
  const classed = changes.some((change) => textIn(specOf(change)['priorityClassName']) !== '')
  const [{ objects, unseen }, quotas, limitRanges, classes, status] = await Promise.all([
    around(client, namespace, changes.some(usesClaims)),
    inNamespace('ResourceQuota', 'resource quotas', 'Whether they are kept is not known.'),
    inNamespace('LimitRange', 'limit ranges', 'What they fill into pods is not known.'),
    classed
      ? reader.list({
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          what: 'priority classes',
          cost: 'Every pod counts with priority 0.',
          read: whole,
        })
      : [],
    autoscalerStatus(client),
  ])
  return {
    objects,
    quotas,
    limitRanges: limitRanges ?? [],
    priorities: prioritiesOf(classes ?? []),
    mayGrow: objects === null ? null : growthOf(objects.nodes, status),
    unseen: [...unseen, ...reader.unseen],
  }
}

/** A cluster that answers the dry run but not this still gets its plan: what is missing is then unknown. */
export async function surgeEvidence(
  client: KubeClient,
  namespace: string,
  changes: readonly WorkloadChange[],
): Promise<SurgeEvidence> {
  try {
    return await readEvidence(client, namespace, changes)
  } catch (error) {
    if (!isFairleadError(error)) throw error
    const unseen: Unseen[] = [{ what: 'nodes and quotas', why: messageOf(error) }]
    return { objects: null, quotas: null, limitRanges: [], priorities: new Map(), mayGrow: null, unseen }
  }
}
