import crypto from 'node:crypto'
import fs from 'node:fs'
import { alwaysOpen, type FreezeAnswer, type FreezeClosed } from '@fairlead/contracts/freeze-gate'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Role } from '@fairlead/contracts/permissions'
import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { Call, Services } from '@fairlead/kernel/context'
import { applyObject } from '@fairlead/kube/apply'
import type { PersonClients } from '@fairlead/kube/cluster-clients'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { deleteObject, getObject } from '@fairlead/kube/objects'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { handsEntries, type HandsEntryName } from '../entries'
import type { HandsDeps } from '../hands-deps'

/** olga operates the installation; the others belong to a project that has one namespace of both clusters. */
const people = {
  olga: { role: 'operator', everywhere: true },
  paul: { role: 'operator', everywhere: false },
  dan: { role: 'deployer', everywhere: false },
  vic: { role: 'viewer', everywhere: false },
} as const satisfies Record<string, { role: Role; everywhere: boolean }>
export type Person = keyof typeof people

/** One real API server, known as a staging and as a production cluster. */
export interface HandsScene {
  readonly database: TestDatabase
  readonly deps: HandsDeps
  /** With the rights of infra/rbac, and as an administrator. */
  readonly client: KubeClient
  readonly admin: KubeClient
  readonly staging: string
  readonly production: string
  readonly projectId: string
  readonly namespace: string
  readonly rung: Bell[]
  readonly services: Services
  /** What freeze windows say of everything; the room that decides it is tried where all rooms meet. */
  window: FreezeAnswer
  as(person: Person): Call
  call<K extends HandsEntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>>
  /** The newest audit entry of this action. */
  audited(action: HandsEntryName): Promise<AuditRow>
  /** As an administrator, outside of Fairlead. */
  apply(manifest: KubeManifest): Promise<KubeObject>
  live(kind: string, name: string): Promise<KubeObject | null>
  drop(): Promise<void>
}
/** Clusters whose owners let Fairlead act as itself, by whichever client. */
export const asFairlead = (client: KubeClient): PersonClients => ({
  clientFor: () => Promise.resolve(client),
  clientAs: () => Promise.resolve(client),
})

type AuditRow = Awaited<ReturnType<TestDatabase['db']['auditEntry']['findFirstOrThrow']>>

function openClient(variable: 'FAIRLEAD_TEST_KUBECONFIG' | 'FAIRLEAD_TEST_ADMIN_KUBECONFIG'): KubeClient {
  // oxlint-disable-next-line no-process-env
  const file = process.env[variable]
  if (file === undefined) throw new Error(`${variable} is not set: it names a real API server`)
  return connect(parseKubeconfig(fs.readFileSync(file, 'utf8'), { development: true, fileName: file }), {
    allow: { cidrs: ['127.0.0.0/8'] },
  })
}

const versions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  PodDisruptionBudget: 'policy/v1',
}
const versionOf = (kind: string): string => versions[kind] ?? 'v1'

async function plantProject(database: TestDatabase, namespace: string) {
  const { db } = database
  const cluster = (name: string, environment: string) =>
    db.cluster.create({
      data: { name, environment, uid: crypto.randomUUID(), colour: 1, server: 'https://127.0.0.1' },
      select: { id: true },
    })
  const [staging, production] = [
    await cluster('staging', 'staging'),
    await cluster('production', 'production'),
  ]
  const destinations = [staging, production].map(({ id }) => ({ clusterId: id, namespace }))
  const project = await db.project.create({
    data: { name: 'shop', destinations: { create: destinations } },
    select: { id: true },
  })
  return { staging: staging.id, production: production.id, projectId: project.id }
}

export async function createHandsScene(): Promise<HandsScene> {
  const database = await createTestDatabase()
  const client = openClient('FAIRLEAD_TEST_KUBECONFIG')
  const admin = openClient('FAIRLEAD_TEST_ADMIN_KUBECONFIG')
  const namespace = `hands-${crypto.randomBytes(4).toString('hex')}`
  const planted = await plantProject(database, namespace)
  const deps: HandsDeps = {
    db: database.db,
    clusters: asFairlead(client),
    freeze: { ask: () => Promise.resolve(scene.window) },
  }
  const entries = handsEntries(deps)
  const rung: Bell[] = []
  const services: Services = {
    db: database.db,
    queues: { ring: async (bells) => void rung.push(...bells) },
    clock: () => new Date(),
    onInternalError: (error) =>
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`),
  }
  const as = (person: Person): Call => {
    const { role, everywhere } = people[person]
    const memberships = [{ projectId: everywhere ? null : planted.projectId, role }]
    const actor = { kind: 'user', id: person, name: person, email: null, memberships } as const
    return { actor, via: 'cli', address: null }
  }
  await applyObject(
    admin,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { fieldManager: 'test' },
  )
  const scene: HandsScene = {
    ...planted,
    database,
    window: alwaysOpen,
    deps,
    client,
    admin,
    namespace,
    rung,
    services,
    as,
    call: (person, name, input) => {
      const entry: { invoke(services: Services, call: Call, input: unknown): Promise<unknown> } =
        entries[name]
      return entry.invoke(services, as(person), input) as Promise<OutputOf<typeof name>>
    },
    audited: (action) =>
      database.db.auditEntry.findFirstOrThrow({ where: { action }, orderBy: { sequence: 'desc' } }),
    apply: async (manifest) => {
      const place = manifest.kind === 'Node' ? {} : { namespace }
      const placed = { ...manifest, metadata: { ...place, ...manifest.metadata } }
      return (await applyObject(admin, placed, { fieldManager: 'test' })).object
    },
    live: (kind, name) => getObject(admin, { apiVersion: versionOf(kind), kind, namespace, name }),
    drop: async () => {
      await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name: namespace }).catch(() => false)
      client.close()
      admin.close()
      await database.drop()
    },
  }
  return scene
}

export const closedWindow = (running: FreezeClosed['running']): FreezeClosed => ({
  open: false,
  closedBy: [{ window: 'year-end', mode: 'deny', reason: 'The books are being closed.' }],
  running,
  opensAt: '2100-01-01T00:00:00.000Z',
  opensBecause: 'year-end ends.',
})

/** Asks again and again until `look` gives something; no timing is asserted, only that it happens at all. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const giveUpAt = Date.now() + 50_000
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

interface PodWish {
  readonly labels?: Readonly<Record<string, string>>
  readonly spec?: Readonly<Record<string, unknown>>
}

export const deployment = (name: string, replicas: number, wish: PodWish = {}): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, ...(wish.labels === undefined ? {} : { labels: wish.labels }) },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'web', image: 'registry.example/web:1' }],
        ...wish.spec,
      },
    },
  },
})
