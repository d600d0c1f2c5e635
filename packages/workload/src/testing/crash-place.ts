import type { EntryName, InputOf } from '@fairlead/contracts/surface'
import { deleteObject } from '@fairlead/kube/objects'
import type { Services } from '@fairlead/kernel/context'
import crypto from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { workloadEntries, type WorkloadEntryName } from '../entries'
import { rolloutReconciler } from '../rollout/reconcile'
import { fleetOn } from './fleet'
import { createLife, mortalClient, mortalDb, type Life } from './mortal'
import { application, type Person, type Scene, type StageWish } from './scene'

/** One application in namespaces of its own, on the clusters and in the database that all stories share. */
export interface CrashPlace {
  readonly scene: Scene
  readonly id: string
  readonly application: string
  /** First that of the cluster `staging`, then those of a fleet of two. */
  readonly namespaces: readonly string[]
  /** Requests that came through, by name: what people remember. */
  readonly came: Map<string, number>
  /** From now on whatever progresses is found over its deadline. */
  overdue: boolean
  close(): Promise<void>
}

/** The doors and the worker of one process. */
export interface CrashProcess {
  readonly life: Life
  /** Whoever does not know whether a request came through looks before asking again. */
  ask<K extends WorkloadEntryName & EntryName>(person: Person, name: K, input: InputOf<K>): Promise<void>
  /** Passes until the rollout of that number has ended, or `until` holds. */
  drive(number: number, until?: () => Promise<boolean>): Promise<void>
}

const fleetNames = ['eu', 'us'] as const

export async function openPlace(
  shared: Scene,
  stage: (id: string) => Omit<StageWish, 'name'>,
): Promise<CrashPlace> {
  const id = crypto.randomBytes(5).toString('hex')
  const scene = { ...shared, namespace: `workload-crash-${id}` }
  const clusters = fleetNames.map((region) => ({ name: `${region}-${id}`, labels: { fleet: id, region } }))
  const fleet = await fleetOn(scene, clusters)
  const document = application(scene.namespace, [{ name: 'staging', ...stage(id) }], `crash-${id}`)
  await scene.call('ada', 'application.apply', { document })
  return {
    scene,
    id,
    application: `crash-${id}`,
    namespaces: [scene.namespace, ...clusters.map(({ name }) => fleet.namespaceOf(name))],
    came: new Map(),
    overdue: false,
    close: async () => {
      await fleet.drop()
      await deleteObject(scene.admin, { apiVersion: 'v1', kind: 'Namespace', name: scene.namespace })
    },
  }
}

export const rolloutsOf = ({ scene, application: name }: CrashPlace) =>
  scene.database.db.rollout.findMany({
    where: { application: { name } },
    orderBy: { number: 'asc' },
    select: {
      id: true,
      state: true,
      paused: true,
      runs: {
        select: { id: true, state: true, targets: { select: { state: true }, orderBy: { wave: 'asc' } } },
      },
      _count: { select: { entries: true } },
    },
  })

/** `running applying/applied/pending, 3 told` */
async function howFar(place: CrashPlace): Promise<string> {
  const rollouts = await rolloutsOf(place)
  return rollouts
    .map(({ state, paused, runs, _count }) => {
      const stages = runs.map((run) => [run.state, ...run.targets.map((target) => target.state)].join('/'))
      return `${paused ? 'paused ' : ''}${state} ${stages.join(' ')}, ${_count.entries} told`
    })
    .join('; ')
}

async function letExpire({ scene, application: name }: CrashPlace): Promise<void> {
  const { db } = scene.database
  const stage = { rollout: { application: { name } } }
  const data = { progressAt: new Date(0) }
  await db.rolloutStage.updateMany({
    where: { ...stage, state: 'progressing', progressAt: { not: null } },
    data,
  })
  await db.rolloutTarget.updateMany({ where: { stage, state: 'applied', progressAt: { not: null } }, data })
}

/** It dies at the first point of which `isLast` says so; points name no ids. */
export async function startProcess(
  place: CrashPlace,
  isLast: (point: string) => boolean,
): Promise<CrashProcess> {
  const { scene } = place
  const life = createLife({
    isLast: (point) => isLast(point.replaceAll(place.id, '')),
    howFar: () => howFar(place),
  })
  await life.look()
  const db = mortalDb(scene.database.db, life)
  const clientOf = async (id: string) => mortalClient(await scene.clientOf(id), life)
  const deps = { ...scene.deps, db, clusters: { clientOf } }
  const entries = workloadEntries(deps)
  const reconcile = rolloutReconciler(deps)
  const services: Services = {
    db,
    queues: { ring: async () => undefined },
    clock: () => new Date(),
    onInternalError: (error) => {
      if (!life.dead) process.stderr.write(`${String(error)}\n`)
    },
  }
  return {
    life,
    ask: async (person, name, input) => {
      const known = place.came.get(name) ?? 0
      const where = { action: name, outcome: 'done', subjectName: { startsWith: place.application } }
      if ((await scene.database.db.auditEntry.count({ where })) === known)
        await entries[name].invoke(services, scene.as(person), input)
      place.came.set(name, known + 1)
    },
    drive: async (number, until) => {
      const id = (await rolloutsOf(place))[number - 1]?.id ?? ''
      for (;;) {
        if (place.overdue) await letExpire(place)
        const outcome = await reconcile(id, new Date())
        if ('settled' in outcome || (await until?.()) === true) return
        await setTimeout(100)
      }
    },
  }
}
