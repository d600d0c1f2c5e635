import type { CrashFinding, PodWhy, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import type { InventoryDb } from '@fairlead/db/views'
import { explainCrash } from '@fairlead/insight/crash/explain'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import { explainScheduling } from '@fairlead/insight/scheduling/explain'
import { explainPlacement } from '@fairlead/insight/scheduling/explain-placement'
import { readPod } from '@fairlead/insight/scheduling/pod-facts'
import { readSurroundings } from '@fairlead/insight/scheduling/surroundings'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { createReader } from '@fairlead/kube/lenient-reader'
import { getObject } from '@fairlead/kube/objects'
import type { ClusterConnections } from '../connections'
import { podWords } from '../summarize/pod-status'
import { loadVisibility, type Visibility } from '../visible'
import { clusterRows, identityOf } from './cluster-rows'
import { findCluster } from './find-cluster'

/** Placed pods need no look at the cluster, unless somebody asks why they are there. */
async function look(
  client: KubeClient,
  pod: KubeObject,
  of: {
    signal?: AbortSignal | undefined
    placement: boolean
    sees: (namespace: string) => boolean
  },
) {
  const facts = readPod(pod)
  const reader = createReader(client, of.signal)
  const uid = pod.metadata.uid ?? ''
  const events = await reader.list({
    apiVersion: 'v1',
    kind: 'Event',
    what: 'events of the pod',
    cost: 'What the scheduler and the kubelet said of it is not known.',
    read: (object: unknown) => object,
    options: { namespace: facts.namespace, fieldSelector: `involvedObject.uid=${uid}` },
  })
  const waits = facts.nodeName === null && facts.phase === 'Pending' && facts.gates.length === 0
  const asked = of.placement && facts.nodeName !== null
  const claims = facts.volumes.some(({ claim }) => claim !== null)
  const wanted = { namespace: facts.namespace, claims, kinOf: facts }
  const objects = waits || asked ? await readSurroundings(reader, wanted) : null
  const scheduling = explainScheduling({ pod, objects, events: events ?? [], mayName: of.sees })
  const placement = asked ? explainPlacement({ pod, objects, mayName: of.sees }) : null
  return { scheduling, placement, events: events ?? [], unseen: reader.unseen }
}

function inOneSentence(
  status: string,
  scheduling: SchedulingExplanation,
  findings: readonly CrashFinding[],
): string {
  if (scheduling.state !== 'placed') return scheduling.words
  const [first] = findings
  if (first !== undefined) return first.words
  return status === 'Running' || status === 'Completed'
    ? `Nothing stands in its way: it is ${status}.`
    : `${scheduling.words} It is ${status}, and nothing more is said of it yet.`
}

const namesIn = (visibility: Visibility, clusterId: string) => (namespace: string) =>
  visibility.sees(clusterId, namespace)

/**
 * Live from the API server with Fairlead's own credential: who may ask is decided here, and pods in namespaces that the
 * person may not see are counted, never named.
 */
export const podWhy = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('pod.why', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<PodWhy> => {
      const { id } = await findCluster(context.db, context.actor, input)
      const visibility = await loadVisibility(context.db, context.actor)
      if (!visibility.sees(id, input.namespace)) throw notFound('pod')
      const [row] = await clusterRows(context.db, context.actor, [id])
      if (row === undefined) throw notFound('cluster')
      const client = await connections.clientOf(id)
      const ref = { apiVersion: 'v1', kind: 'Pod', namespace: input.namespace, name: input.pod }
      const pod = await getObject(client, ref, { signal: context.signal })
      if (pod === null) throw notFound('pod')
      const { scheduling, placement, events, unseen } = await look(client, pod, {
        signal: context.signal,
        placement: input.placement,
        sees: namesIn(visibility, id),
      })
      const findings = scheduling.state === 'placed' ? explainCrash({ pod, events, now: context.now }) : []
      return {
        cluster: identityOf(row),
        namespace: input.namespace,
        pod: input.pod,
        uid: pod.metadata.uid ?? '',
        at: context.now.toISOString(),
        phase: textIn(recordIn(pod['status'])['phase']),
        words: inOneSentence(podWords(pod).status, scheduling, findings),
        scheduling: scheduling.state === 'placed' ? null : scheduling,
        placement,
        findings,
        unseen,
      }
    },
  })
