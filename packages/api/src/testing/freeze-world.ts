import crypto from 'node:crypto'
import fs from 'node:fs'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Role } from '@fairlead/contracts/permissions'
import { noDags, stageStandings } from '@fairlead/contracts/stage-gates'
import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import { freezeEntries } from '@fairlead/freeze/entries'
import { freezeGate } from '@fairlead/freeze/gate'
import { handsEntries } from '@fairlead/hands/entries'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'
import { applyObject } from '@fairlead/kube/apply'
import { connect } from '@fairlead/kube/connection'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { deleteObject, getObject, patchObject } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
import { workflowStandings } from '@fairlead/workflow/workflow-gate'
import { workloadEntries } from '@fairlead/workload/entries'
import { driftReconciler } from '@fairlead/workload/drift/reconcile'
import { prometheusSource } from '@fairlead/workload/trial/prometheus'
import { rolloutReconciler } from '@fairlead/workload/rollout/reconcile'

/** olga and root belong to the installation, the others to the project shop. */
const people = {
  ada: { role: 'deployer', everywhere: false },
  bob: { role: 'approver', everywhere: false },
  cleo: { role: 'approver', everywhere: false },
  olga: { role: 'operator', everywhere: true },
  root: { role: 'administrator', everywhere: true },
} as const satisfies Record<string, { role: Role; everywhere: boolean }>
export type Person = keyof typeof people

const openClient = (variable: string) => {
  const file = process.env[variable]
  if (file === undefined) throw new Error(`${variable} is not set: it names a real API server`)
  return connect(parseKubeconfig(fs.readFileSync(file, 'utf8'), { development: true, fileName: file }), {
    allow: { cidrs: ['127.0.0.0/8'] },
  })
}

type Invoke = (services: Services, call: Call, input: unknown) => Promise<unknown>
/** A rollout of one stage. */
export interface RolloutStanding {
  readonly rollout: string
  readonly stage: string
}
export type FreezeWorld = Awaited<ReturnType<typeof createFreezeWorld>>

/** The rooms that change clusters and the one that says when, wired as the console and its worker wire them. */
export async function createFreezeWorld() {
  const database = await createTestDatabase()
  const { db } = database
  const client = openClient('FAIRLEAD_TEST_KUBECONFIG')
  const admin = openClient('FAIRLEAD_TEST_ADMIN_KUBECONFIG')
  const namespace = `freeze-${crypto.randomBytes(4).toString('hex')}`
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
  await db.destination.create({ data: { projectId: project.id, clusterId: cluster.id, namespace } })
  const memberships = (person: Person) => {
    const { role, everywhere } = people[person]
    return [{ projectId: everywhere ? null : project.id, role }]
  }
  for (const id of Object.keys(people) as Person[]) {
    await db.user.create({ data: { id, name: id, email: `${id}@example.org` } })
    for (const data of memberships(id)) await db.membership.create({ data: { ...data, userId: id } })
  }
  await applyObject(
    admin,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { fieldManager: 'test' },
  )
  // A node of its own, which nothing tolerates: other tests cordon theirs meanwhile.
  const node = { apiVersion: 'v1', kind: 'Node', name: `${namespace}-node` }
  const taints = [{ key: 'example.org/freeze', effect: 'NoSchedule' }]
  await applyObject(
    admin,
    { apiVersion: 'v1', kind: 'Node', metadata: { name: node.name }, spec: { taints } },
    { fieldManager: 'test' },
  )
  /** The test's hand on the clock. */
  const time = { aheadMs: 0 }
  const clock = (): Date => new Date(Date.now() + time.aheadMs)
  const rung: Bell[] = []
  const hook = { onStep: (_step: string): void => undefined }
  const freeze = freezeGate(db)
  const itself = () => Promise.resolve(client)
  const clusters = { clientOf: itself, clientFor: itself, clientAs: itself }
  const cipher = createCipher(crypto.randomBytes(32).toString('base64'))
  const workload = {
    db,
    cipher,
    clusters,
    freeze,
    workflows: stageStandings(workflowStandings({ db }), noDags),
    waivers: waiverSource(db),
  }
  const entries = {
    ...freezeEntries({ db }),
    ...handsEntries({ db, clusters, freeze }),
    ...workloadEntries(workload),
  }
  const services: Services = {
    db,
    queues: { ring: async (bells) => void rung.push(...bells) },
    clock,
    onInternalError: (error) =>
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`),
  }
  const as = (person: Person): Call => ({
    actor: { kind: 'user', id: person, name: person, email: null, memberships: memberships(person) },
    via: 'cli',
    address: null,
  })
  const noRuns = () => Promise.resolve({ kind: 'refused' as const, reason: 'There are no workflows here.' })
  const reconcile = rolloutReconciler({
    ...workload,
    workflows: { ...workload.workflows, runOf: noRuns },
    metrics: prometheusSource([]),
    onStep: (step) => hook.onStep(step),
  })
  const pass = (rollout: string) => reconcile(rollout, clock())
  const compare = driftReconciler(workload)
  return {
    database,
    db,
    admin,
    namespace,
    cluster: cluster.id,
    clock,
    time,
    rung,
    hook,
    call: <K extends EntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>> => {
      const all: Readonly<Partial<Record<EntryName, { invoke: Invoke }>>> = entries
      const entry = all[name]
      if (entry === undefined) throw new Error(`${name} is no entry of the rooms that meet here`)
      return entry.invoke(services, as(person), input) as Promise<OutputOf<K>>
    },
    pass,
    /** What runs with what was verified, as the worker does. */
    compare: async () => {
      for (const { id } of await db.stageDrift.findMany()) await compare(id, clock())
    },
    scaleByHand: (name: string, replicas: number) =>
      patchObject(
        admin,
        { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
        { spec: { replicas } },
        { fieldManager: 'kubectl-scale' },
      ),
    /** As the worker does: until it has ended, or `until` holds. */
    drive: async (
      id: string,
      until: (state: RolloutStanding) => boolean = () => false,
    ): Promise<RolloutStanding> => {
      for (;;) {
        const outcome = await pass(id)
        const row = await db.rollout.findUniqueOrThrow({ where: { id }, include: { runs: true } })
        const state = { rollout: row.state, stage: row.runs[0]?.state ?? '' }
        if (until(state) || 'settled' in outcome) return state
        const waitMs = outcome.checkAt.getTime() - clock().getTime()
        await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(waitMs, 0), 200)))
      }
    },
    live: (name: string) => getObject(admin, { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }),
    node: node.name,
    liveNode: () => getObject(admin, node),
    audited: (action: EntryName) =>
      db.auditEntry.findFirstOrThrow({ where: { action }, orderBy: { sequence: 'desc' } }),
    drop: async () => {
      for (const object of [node, { apiVersion: 'v1', kind: 'Namespace', name: namespace }])
        await deleteObject(admin, object).catch(() => false)
      client.close()
      admin.close()
      await database.drop()
    },
  }
}

export const application = (namespace: string, approval = false): string => `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: web, project: shop }
spec:
  stages:
    - name: staging
      targets: { clusters: [staging], namespace: ${namespace} }
${approval ? '      approval: { quorum: 1 }\n' : ''}`

export const deployment = (version: number, broken = false): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 0,
          ...(broken ? { nodeSelector: { 'example.org/nowhere': 'true' } } : {}),
          containers: [{ name: 'web', image: `registry.example/web:${version}` }],
        },
      },
    },
  })

interface WindowWish {
  readonly from: Date
  readonly until: Date
  readonly running?: 'finish' | 'pause'
}
/** Of everything in the project, from then until then. */
export const denyWindow = ({
  from,
  until,
  running = 'finish',
}: WindowWish): string => `apiVersion: fairlead.dev/v1
kind: FreezeWindow
metadata: { name: year-end }
spec:
  mode: deny
  reason: The books are being closed.
  schedule: { from: "${from.toISOString()}", until: "${until.toISOString()}" }
  running: ${running}
`
