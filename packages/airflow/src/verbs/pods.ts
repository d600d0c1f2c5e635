import type { PodOriginView } from '@fairlead/contracts/airflow-pods'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { AirflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import type { AirflowDeps } from '../airflow-deps'
import { ask } from '../ask'
import { connectionScope, findConnection, visibleTo } from '../find-connection'
import { findOwner } from '../pods/find-owner'
import { originOf, type Origin } from '../pods/pod-labels'
import { covers } from '../pods/pod-sight'
import { podsOfInstance } from '../pods/pods-of-instance'

/** Airflow itself is not asked: this is what it does not know. */
export const airflowPods = ({ db, pods }: AirflowDeps) =>
  room<AirflowDb>(db).query('airflow.pods', {
    scope: connectionScope('project.view'),
    run: async ({ db: read, actor, now }, { connection, ...ref }) => {
      const { podPlaces } = await findConnection(read, actor, connection)
      return podsOfInstance(pods, ref, { actor, places: podPlaces, now })
    },
  })

/** Connections that are asked about one pod. */
const mostAsked = 20

/** The other way round: the pod is the cluster's to show, the DAG is Airflow's; both have to be theirs. */
export const airflowPodOrigin = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.podOrigin', {
    scope: { kind: 'any' },
    run: async (context, ref): Promise<PodOriginView> => {
      const pod = await deps.pods.pod(context.actor, ref, context.signal)
      if (pod === null) throw notFound('pod')
      const origin = originOf(pod.labels, pod.annotations)
      if (origin === null) return { made: null, owners: [], silent: [] }
      const connections = await context.db.airflowConnection.findMany({
        where: visibleTo(context.actor),
        select: { name: true, podPlaces: true },
        orderBy: { name: 'asc' },
      })
      const here = connections.filter(({ podPlaces }) => covers(podPlaces, pod.cluster, ref.namespace))
      const answers = await Promise.all(
        here.slice(0, mostAsked).map(({ name }) => ownerIn(deps, context, { connection: name, origin })),
      )
      return {
        made: {
          ...origin,
          dag: origin.dag.text,
          run: origin.run?.text ?? null,
          task: origin.task.text,
        },
        owners: answers.flatMap(({ owner }) => owner ?? []),
        silent: answers.flatMap(({ silent }) => silent ?? []),
      }
    },
  })

async function ownerIn(
  deps: AirflowDeps,
  context: QueryContext<AirflowDb>,
  { connection, origin }: { readonly connection: string; readonly origin: Origin },
) {
  const { dag, run, task, mapIndex } = origin
  try {
    const { value } = await ask(deps, context, {
      connection,
      name: ['owner', dag, run, task, mapIndex],
      load: (client) => findOwner(client, origin),
    })
    return { owner: value === null ? null : { connection, ...value }, silent: null }
  } catch (error) {
    if (!isFairleadError(error)) throw error
    return { owner: null, silent: { connection, reason: messageOf(error) } }
  }
}
