import { environmentSchema } from '@fairlead/contracts/cluster'
import type { StageSpec } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { z } from 'zod'
import type { PlanTarget } from '../plan/plan-context'
import { resolveWaves } from '../rollout/resolve-waves'

type Db = Pick<WorkloadDb | WorkloadTx, 'cluster' | 'destination'>

const labelsSchema = z.record(z.string(), z.string()).catch({})
const clusterColumns = {
  id: true,
  uid: true,
  name: true,
  environment: true,
  colour: true,
  labels: true,
} as const

export const coversNamespace = (destination: { readonly namespace: string }, namespace: string): boolean =>
  destination.namespace === '*' || destination.namespace === namespace

interface Covering {
  readonly clusterId: string
  readonly namespace: string
}
const coversCluster = (destinations: readonly Covering[], clusterId: string): boolean =>
  destinations.some((row) => row.clusterId === clusterId && row.namespace === '*')

/** Every cluster of the stage, if the project may deploy there; otherwise an error that names those it may not. */
export async function stageTargets(
  db: Db,
  projectId: string,
  spec: StageSpec,
): Promise<readonly PlanTarget[]> {
  const { clusters: names, selector, namespace } = spec.targets
  const destinations = await db.destination.findMany({ where: { projectId } })
  const allowed = new Set(
    destinations
      .filter((destination) => coversNamespace(destination, namespace))
      .map(({ clusterId }) => clusterId),
  )
  const rows = await db.cluster.findMany({
    where:
      names === undefined ? { id: { in: [...allowed] } } : { name: { in: names }, id: { in: [...allowed] } },
    select: clusterColumns,
    orderBy: { name: 'asc' },
  })
  const matching = rows.filter((row) => matchesSelector(row, selector))
  const missing = (names ?? []).filter((name) => !matching.some((row) => row.name === name))
  if (missing.length > 0)
    throw new FairleadError(
      'invalid',
      `Stage ${spec.name}: the project may not deploy to namespace ${namespace} of ${missing.join(', ')}: there is no such cluster, or it is not a destination of the project.`,
      {
        path: 'targets.clusters',
        found: missing.join(', '),
        expected:
          rows.length === 0 ? 'a destination of the project' : rows.map(({ name }) => name).join(', '),
        remedy: 'An administrator can add destinations under Settings, Projects.',
      },
    )
  if (matching.length === 0)
    throw new FairleadError(
      'invalid',
      `Stage ${spec.name}: no destination of the project matches its selector.`,
      {
        path: 'targets.selector',
        found: JSON.stringify(selector),
      },
    )
  const waves = wavesOf(spec, matching)
  return matching.map((row) => ({
    namespace,
    wave: waves.get(row.name) ?? 0,
    wholeCluster: coversCluster(destinations, row.id),
    cluster: {
      id: row.id,
      uid: row.uid,
      name: row.name,
      environment: environmentSchema.parse(row.environment),
      colour: row.colour,
    },
  }))
}

/** Resolved once, with the targets: a label that is changed later moves nothing of a rollout that was requested. */
const wavesOf = (
  { waves }: StageSpec,
  rows: readonly { readonly name: string; readonly environment: string; readonly labels: unknown }[],
): ReadonlyMap<string, number> =>
  waves === undefined
    ? new Map()
    : resolveWaves(
        waves,
        rows.map(({ name, environment, labels }) => ({
          name,
          environment,
          labels: labelsSchema.parse(labels),
        })),
      )

/** Labels of a cluster, and `environment`, which each has. */
export function matchesSelector(
  cluster: { readonly environment: string; readonly labels: unknown },
  selector: Readonly<Record<string, string>> | undefined,
): boolean {
  const labels = { environment: cluster.environment, ...labelsSchema.parse(cluster.labels) }
  return Object.entries(selector ?? {}).every(
    ([key, value]) => new Map(Object.entries(labels)).get(key) === value,
  )
}

/** Of a rollout's own rows: what was resolved when it was requested, still allowed now. */
export async function recheckTargets(
  db: Db,
  projectId: string,
  rows: readonly { readonly clusterId: string; readonly namespace: string; readonly wave: number }[],
): Promise<{ readonly targets: readonly PlanTarget[]; readonly refused: readonly string[] }> {
  const [clusters, destinations] = await Promise.all([
    db.cluster.findMany({
      where: { id: { in: rows.map(({ clusterId }) => clusterId) } },
      select: clusterColumns,
    }),
    db.destination.findMany({ where: { projectId } }),
  ])
  const targets: PlanTarget[] = []
  const refused: string[] = []
  for (const { clusterId, namespace, wave } of rows) {
    const cluster = clusters.find(({ id }) => id === clusterId)
    const allowed = destinations.some((row) => row.clusterId === clusterId && coversNamespace(row, namespace))
    if (cluster === undefined) refused.push('A cluster of this stage was removed from Fairlead.')
    else if (!allowed)
      refused.push(`${cluster.name}: namespace ${namespace} is no longer a destination of the project.`)
    else
      targets.push({
        namespace,
        wave,
        wholeCluster: coversCluster(destinations, clusterId),
        cluster: { ...cluster, environment: environmentSchema.parse(cluster.environment) },
      })
  }
  return { targets, refused }
}
