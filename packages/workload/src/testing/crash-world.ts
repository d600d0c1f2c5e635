import { recordIn } from '@fairlead/contracts/loose-json'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { withoutServerFields } from '@fairlead/kube/normalise'
import { listObjects } from '@fairlead/kube/objects'
import type { CrashPlace } from './crash-place'

/** The state of the clusters and of the database after a story: two tellings of it must come to the same. */
export const crashWorld = async (place: CrashPlace): Promise<unknown> =>
  withoutNames(place, {
    clusters: await Promise.all(place.namespaces.map((namespace) => objectsIn(place, namespace))),
    rows: await rowsOf(place),
    audit: await auditOf(place),
  })

/** What every telling has of its own: ids, hashes, times, and how long it waited. */
function withoutNames({ id }: CrashPlace, value: unknown): unknown {
  const text = JSON.stringify(value, (key, item: unknown) =>
    // Who goes on finds the Namespace there and applies it no more; nothing is judged by its mark.
    key.startsWith('v1|Namespace|') ? undefined : item,
  )
    .replaceAll(id, '<place>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replaceAll(/\bweb-[0-9a-z]{6,10}(-[0-9a-z]{5})?\b/g, '<pod>')
    .replaceAll(/\b\d+(\.\d+)? ?(ms|s|m|h|seconds?|minutes?)\b/g, '<duration>')
  return JSON.parse(text) as unknown
}

const kinds = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
] as const
const byText = (left: string, right: string): number => (left < right ? -1 : 1)

/** With their generations: an apply that came twice and changed anything has moved them. */
async function objectsIn({ scene: { client } }: CrashPlace, namespace: string): Promise<unknown> {
  const lists = await Promise.all(kinds.map((type) => listObjects(client, type, { namespace })))
  const sets = await listObjects(client, { apiVersion: 'apps/v1', kind: 'ReplicaSet' }, { namespace })
  return {
    objects: lists
      .flat()
      .filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt')
      .map((object) => ({ ...withoutServerFields(object), generation: object.metadata.generation ?? null })),
    replicaSets: sets.map(setWords).toSorted(byText),
  }
}

/** Those of earlier revisions too: one that was applied in between has left its own. */
const setWords = ({ spec }: KubeObject): string => {
  const { replicas, template } = recordIn(spec)
  return `${String(replicas)} of ${JSON.stringify(recordIn(recordIn(template)['spec'])['containers'])}`
}

const rollouts = {
  orderBy: { number: 'asc' },
  select: {
    number: true,
    kind: true,
    state: true,
    paused: true,
    finishedAt: true,
    checkAt: true,
    entries: { orderBy: { id: 'asc' }, select: { kind: true, stage: true, cluster: true, message: true } },
    runs: {
      orderBy: { position: 'asc' },
      select: {
        state: true,
        evidence: true,
        startedAt: true,
        finishedAt: true,
        approvals: {
          orderBy: { userId: 'asc' },
          select: { userId: true, decision: true, reason: true, planDigest: true },
        },
        targets: {
          orderBy: { wave: 'asc' },
          select: { state: true, message: true, applied: true, convergedAt: true },
        },
      },
    },
  },
} as const

async function rowsOf({ scene: { database }, application }: CrashPlace): Promise<unknown> {
  const { db } = database
  const { stages, ...rest } = await db.application.findFirstOrThrow({
    where: { name: application },
    select: {
      rollouts,
      releases: { orderBy: { number: 'asc' }, select: { number: true, images: true } },
      stages: { select: { name: true, holdReason: true, verifiedReleaseId: true } },
      drifts: { select: { stage: true, namespace: true } },
    },
  })
  const ids = stages.flatMap(({ verifiedReleaseId }) => verifiedReleaseId ?? [])
  const verified = await db.release.findMany({ where: { id: { in: ids } }, select: { number: true } })
  return { ...rest, stages, verified }
}

/** What was done and said so, in order. */
const auditOf = ({ scene: { database }, application }: CrashPlace): Promise<unknown> =>
  database.db.auditEntry.findMany({
    where: { subjectName: { startsWith: `${application} #` } },
    orderBy: { sequence: 'asc' },
    select: { actorId: true, action: true, outcome: true, subjectName: true, detail: true },
  })
