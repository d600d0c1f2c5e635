import crypto from 'node:crypto'
import fs from 'node:fs'
import { alwaysOpen, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Role } from '@fairlead/contracts/permissions'
import type { CommandName, EntryName, InputOf, OutputOf, QueryName } from '@fairlead/contracts/surface'
import type { WaiverSource } from '@fairlead/contracts/stage-checks'
import { noDags, stageGates } from '@fairlead/contracts/stage-gates'
import { createCipher, type Cipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { deleteObject } from '@fairlead/kube/objects'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { workloadEntries, type WorkloadEntryName } from '../entries'
import { prometheusSource } from '../trial/prometheus'
import { driftReconciler } from '../drift/reconcile'
import type { ActDeps } from '../rollout/act'
import { rolloutReconciler } from '../rollout/reconcile'
import { createFakeWorkflows, type FakeWorkflows } from './fake-workflows'

/** A project with people on a real database and a real API server, driven by hand as the worker would. */
export interface Scene {
  readonly database: TestDatabase
  readonly client: KubeClient
  /** With the rights of the cluster's administrator, where the tests have them. */
  readonly admin: KubeClient
  readonly clusterId: string
  readonly projectId: string
  readonly namespace: string
  readonly rung: Bell[]
  readonly cipher: Cipher
  readonly workflows: FakeWorkflows
  /** What freeze windows say of everything; the room that decides it is tried where all rooms meet. */
  window: FreezeAnswer
  /** Those that hold now. */
  waivers: Awaited<ReturnType<WaiverSource['waiversOf']>>
  /** Set to answer instead of the cluster's own client. */
  clientOf: (clusterId: string) => Promise<KubeClient>
  onStep: (step: string) => void | Promise<void>
  /** What its worker and its doors are made of: another process can be made of the same. */
  readonly deps: ActDeps
  as(person: Person): Call
  call<K extends WorkloadEntryName & EntryName>(
    person: Person,
    name: K,
    input: InputOf<K>,
  ): Promise<OutputOf<K>>
  /** As whoever `call` says, Fairlead itself included. */
  callAs<K extends WorkloadEntryName & EntryName>(
    call: Call,
    name: K,
    input: InputOf<K>,
  ): Promise<OutputOf<K>>
  /** One pass of the reconciler. */
  pass(rolloutId: string): Promise<unknown>
  /** One comparison of every target with what was verified there. */
  compare(): Promise<void>
  /** Passes until the rollout has ended, or `until` holds. */
  drive(rolloutId: string, until?: (state: DrivenState) => boolean): Promise<DrivenState>
  /** The test's hand on the clock: until when what progresses now has to show progress. */
  deadline(rolloutId: string): Promise<Date | null>
  setDeadline(rolloutId: string, at: Date): Promise<void>
  /** From now on every pass finds what progresses of it over its deadline: what still moves gets no new time. */
  expire(rolloutId: string): void
  drop(): Promise<void>
}
export type Person = keyof typeof people
export interface DrivenState {
  readonly rollout: string
  readonly stages: Readonly<Record<string, string>>
}

const people = {
  ada: ['deployer', 'approver'],
  bob: ['approver'],
  cleo: ['approver'],
  root: ['administrator'],
  vic: ['viewer'],
} as const satisfies Record<string, readonly Role[]>

function openClient(file = process.env['FAIRLEAD_TEST_KUBECONFIG']): KubeClient {
  if (file === undefined) throw new Error('FAIRLEAD_TEST_KUBECONFIG is not set: it names a real API server')
  const connection = parseKubeconfig(fs.readFileSync(file, 'utf8'), { development: true, fileName: file })
  return connect(connection, {
    allow: { cidrs: ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] },
  })
}

export async function createScene(): Promise<Scene> {
  const database = await createTestDatabase()
  const { db } = database
  const client = openClient()
  const admin = openClient(process.env['FAIRLEAD_TEST_ADMIN_KUBECONFIG'])
  const namespace = `workload-${crypto.randomBytes(4).toString('hex')}`
  const project = await db.project.create({ data: { name: 'shop' } })
  const cluster = await db.cluster.create({
    data: {
      name: 'staging',
      uid: crypto.randomUUID(),
      environment: 'staging',
      colour: 1,
      server: 'https://127.0.0.1',
    },
  })
  await db.destination.create({ data: { projectId: project.id, clusterId: cluster.id, namespace: '*' } })
  for (const [id, roles] of Object.entries(people)) {
    await db.user.create({ data: { id, name: id, email: `${id}@example.org` } })
    for (const role of roles)
      await db.membership.create({ data: { userId: id, projectId: project.id, role } })
  }
  const scene = {
    database,
    client,
    admin,
    clusterId: cluster.id,
    projectId: project.id,
    namespace,
    rung: [] as Bell[],
    cipher: createCipher(crypto.randomBytes(32).toString('base64')),
    workflows: createFakeWorkflows(),
    window: alwaysOpen as FreezeAnswer,
    waivers: [] as Awaited<ReturnType<WaiverSource['waiversOf']>>,
    clientOf: (_: string) => Promise.resolve(client),
    onStep: (_: string): void | Promise<void> => undefined,
  }
  const deps = {
    db,
    cipher: scene.cipher,
    clusters: { clientOf: (id: string) => scene.clientOf(id) },
    onStep: (step: string) => scene.onStep(step),
    workflows: stageGates(scene.workflows, noDags),
    freeze: { ask: () => Promise.resolve(scene.window) },
    waivers: { waiversOf: async () => scene.waivers },
    metrics: prometheusSource(['127.0.0.0/8']),
  }
  const entries = workloadEntries(deps)
  const reconcile = rolloutReconciler(deps)
  const compare = driftReconciler(deps)
  const services: Services = {
    db,
    queues: { ring: async (bells) => void scene.rung.push(...bells) },
    clock: () => new Date(),
    onInternalError: (error) =>
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`),
  }
  const as = (person: Person): Call => ({
    actor: {
      kind: 'user',
      id: person,
      name: person,
      email: `${person}@example.org`,
      memberships: people[person].map((role) => ({ projectId: project.id, role })),
    },
    via: 'cli',
    address: null,
  })
  const stateOf = async (rolloutId: string): Promise<DrivenState> => {
    const row = await db.rollout.findUniqueOrThrow({ where: { id: rolloutId }, include: { runs: true } })
    return {
      rollout: row.state,
      stages: Object.fromEntries(row.runs.map(({ name, state }) => [name, state])),
    }
  }
  const setDeadline = async (rolloutId: string, progressAt: Date): Promise<void> =>
    void (await db.rolloutStage.updateMany({
      where: { rolloutId, state: 'progressing' },
      data: { progressAt },
    }))
  const overdue = new Set<string>()
  const pass = async (rolloutId: string) => {
    if (overdue.has(rolloutId)) await setDeadline(rolloutId, new Date(0))
    return reconcile(rolloutId, new Date())
  }
  return Object.assign(scene, {
    deps,
    as,
    call: <K extends WorkloadEntryName & (QueryName | CommandName)>(
      person: Person,
      name: K,
      input: InputOf<K>,
    ) => entries[name].invoke(services, as(person), input) as Promise<OutputOf<K>>,
    callAs: <K extends WorkloadEntryName & (QueryName | CommandName)>(
      call: Call,
      name: K,
      input: InputOf<K>,
    ) => entries[name].invoke(services, call, input) as Promise<OutputOf<K>>,
    pass,
    compare: async () => {
      for (const { id } of await db.stageDrift.findMany()) await compare(id, new Date())
    },
    drive: async (rolloutId: string, until?: (state: DrivenState) => boolean) => {
      for (;;) {
        const outcome = await pass(rolloutId)
        const state = await stateOf(rolloutId)
        if (until?.(state) === true || 'settled' in outcome) return state
        const waitMs = Math.min(Math.max(outcome.checkAt.getTime() - Date.now(), 0), 300)
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    },
    deadline: async (rolloutId: string) =>
      (await db.rolloutStage.findFirstOrThrow({ where: { rolloutId, state: 'progressing' } })).progressAt,
    setDeadline,
    expire: (rolloutId: string) => void overdue.add(rolloutId),
    drop: async () => {
      for (const name of [namespace, `${namespace}-b`])
        await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name }).catch(() => false)
      client.close()
      admin.close()
      await database.drop()
    },
  })
}

export interface DeploymentWish {
  readonly name?: string
  readonly image?: string
  readonly replicas?: number
  /** No node has this label: its pods stay unschedulable. */
  readonly broken?: boolean
  readonly extra?: Readonly<Record<string, unknown>>
}

export function deployment({
  name = 'web',
  image = 'registry.example/web:1',
  replicas = 2,
  broken,
  extra,
}: DeploymentWish = {}): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 0,
          ...(broken === true ? { nodeSelector: { 'example.org/nowhere': 'true' } } : {}),
          containers: [
            {
              name: 'web',
              image,
              env: [
                {
                  name: 'CONFIG',
                  valueFrom: { configMapKeyRef: { name: 'config', key: 'k', optional: true } },
                },
              ],
            },
          ],
        },
      },
      ...extra,
    },
  })
}

export const configMap = (name: string, data: Readonly<Record<string, string>>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })

export const secret = (name: string, stringData: Readonly<Record<string, string>>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData })

export const documents = (...texts: readonly string[]): string => texts.join('\n---\n')

export interface StageWish {
  readonly name: string
  readonly namespace?: string
  readonly approval?: string
  readonly progress?: string
  readonly total?: string
  readonly onFailure?: string
  readonly before?: string
  readonly after?: string
  readonly checks?: string
  readonly drift?: string
  readonly strategy?: string
  /** Else of the one cluster `staging`. */
  readonly selector?: string
  readonly waves?: string
}

const optional = (field: string, text: string | undefined): string =>
  text === undefined ? '' : `      ${field}: ${text}\n`

export const application = (namespace: string, stages: readonly StageWish[], name = 'web'): string =>
  `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: ${name}, project: shop }
spec:
  stages:
${stages
  .map(
    (stage) => `    - name: ${stage.name}
      targets: { ${stage.selector === undefined ? 'clusters: [staging]' : `selector: ${stage.selector}`}, namespace: ${stage.namespace ?? namespace} }
      deadline: { progress: ${stage.progress ?? '5m'}, total: ${stage.total ?? '30m'} }
      onFailure: ${stage.onFailure ?? 'rollback'}
${optional('approval', stage.approval)}${optional('before', stage.before)}${optional('after', stage.after)}${optional('checks', stage.checks)}${optional('drift', stage.drift)}${optional('strategy', stage.strategy)}${optional('waves', stage.waves)}`,
  )
  .join('')}`
