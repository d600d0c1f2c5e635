import crypto from 'node:crypto'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import {
  entryNames,
  surface,
  type EntryName,
  type InputOf,
  type QueryName,
} from '@fairlead/contracts/surface'
import type { Actor } from '@fairlead/kernel/context'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaksIn, type Canaries } from './testing/canaries'
import { createCanaryWorld, type CanaryWorld } from './testing/canary-world'
import { inputs } from './testing/entry-inputs'

// Every kind of secret is planted through the doors where people give it, and must never come back out of any.
const hex = (): string => crypto.randomBytes(12).toString('hex')
const namespace = `canary-${crypto.randomBytes(4).toString('hex')}`
const planted = {
  'value of a Secret': `secret-${hex()}`,
  'value of a changed Secret': `changed-${hex()}`,
  'value of a refused Secret': `refused-${hex()}`,
  'password of a person': `password-${hex()}`,
  'new password of a person': `renewed-${hex()}`,
  'token in a refused kubeconfig': `kubeconfig-${hex()}`,
}
let world: CanaryWorld
let ada: Actor
let canaries: Canaries
let ids: Awaited<ReturnType<typeof plant>>

const manifests = (value: string): string => `apiVersion: v1
kind: Secret
metadata: { name: key }
stringData: { password: ${value} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.example/web:1", envFrom: [{ secretRef: { name: key } }] }] }
`
const application = `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: checkout, project: shop }
spec:
  stages:
    - name: staging
      targets: { clusters: [real], namespace: ${namespace} }
    - name: production
      approval: { quorum: 1 }
      targets: { clusters: [real], namespace: ${namespace} }
`
const workflow = `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: nightly, project: shop }
spec:
  schedule: { cron: "0 2 * * *" }
  defaults: { cluster: real, namespace: ${namespace}, image: no-op }
  tasks:
    - { id: settle, run: {} }
    - { id: gate, needs: [settle], approval: {} }
`
const ask = <K extends EntryName>(name: K, input: InputOf<K>) => world.call(ada, name, input)
const refused = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => `${String(error)} ${JSON.stringify(error)}`,
  )
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100))
}
const settle = (rollout: string): Promise<void> =>
  until(async () => {
    await world.reconcile(rollout, new Date())
    return ['waiting', 'succeeded'].includes((await ask('rollout.get', { rollout })).state)
  })

async function plant() {
  const { id: cluster } = await ask('cluster.register', { name: 'real', kubeconfig: world.kubeconfig })
  await world.watch(cluster)
  await ask('project.create', { name: 'shop' })
  await ask('project.setDestinations', {
    project: 'shop',
    destinations: [{ cluster: 'real', namespace: '*' }],
  })
  const token = await ask('token.create', { name: 'ci', project: 'shop', role: 'deployer' })
  const invitation = await ask('person.invite', { email: 'grace@example.org', name: 'Grace' })
  await ask('application.apply', { document: application })
  const change = { manifests: manifests(planted['value of a Secret']) }
  const { rollout } = await ask('rollout.deploy', { application: 'checkout', change })
  await settle(rollout)
  await ask('workflow.apply', { document: workflow })
  const { run } = await ask('workflow.start', { workflow: 'nightly' })
  await until(async () => (await ask('run.task', { run, task: 'gate' })).state === 'awaiting_approval')
  await ask('session.changePassword', {
    current: planted['password of a person'],
    password: planted['new password of a person'],
  })
  const release = (await ask('rollout.get', { rollout })).release.id
  return { cluster, token, invitation, rollout, run, release }
}

beforeAll(async () => {
  const file = process.env['FAIRLEAD_TEST_KUBECONFIG']
  if (file === undefined) throw new Error('FAIRLEAD_TEST_KUBECONFIG is unset: it names a real API server')
  world = await createCanaryWorld(file)
  ada = await world.firstAdministrator('ada@example.org', planted['password of a person'])
  ids = await plant()
  const credential = /token:\s*"?([^\s"]+)/.exec(world.kubeconfig)?.[1]
  if (credential === undefined) throw new Error('the kubeconfig of the test has no token')
  canaries = {
    ...planted,
    'credential of a cluster': credential,
    'API token': ids.token.secret,
    'link of an invitation': ids.invitation.secret,
    'key of the cipher': world.encryptionKey,
    'secret of sessions': world.sessionSecret,
  }
})
afterAll(async () => {
  const client = await world.clientOf(ids.cluster)
  await client.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` }).catch(() => undefined)
  await world.close()
})

/** Real inputs for what has to exist; the others' are those of the policy tests. */
const real = (): Partial<{ [K in QueryName]: InputOf<K> }> => {
  const { rollout, run, release } = ids
  const cluster = ids.cluster as InputOf<'object.yaml'>['cluster']
  const web = { cluster, kind: 'Deployment', namespace, name: 'web' } as const
  const task = { run, task: 'settle' }
  return {
    'invitation.show': { secret: ids.invitation.secret },
    'fleet.compare': {
      left: { cluster: 'real', namespace },
      right: { cluster: 'real', namespace: 'default' },
    },
    'cluster.get': { cluster: 'real' },
    'cluster.check': { cluster: 'real' },
    'cluster.acting': { cluster: 'real' },
    'cluster.preview': { name: 'other', kubeconfig: world.kubeconfig },
    'object.list': { kinds: Object.keys(watchedKinds) as WatchedKind[] },
    'object.yaml': web,
    'object.events': { cluster },
    'workload.get': web,
    'workload.logs': web,
    'network.findings': {},
    'node.drains': { cluster },
    'rollout.plan': {
      application: 'checkout',
      change: { manifests: manifests(planted['value of a changed Secret']) },
    },
    'rollout.get': { rollout },
    'rollout.manifests': { release },
    'workflow.check': { document: workflow },
    'run.get': { run },
    'run.task': task,
    'run.indexes': task,
    'run.logs': task,
    'run.planClear': { run },
  } as Partial<{ [K in QueryName]: InputOf<K> }>
}
const queries = entryNames.filter((name): name is QueryName => surface[name].kind === 'query')

describe('a planted secret', () => {
  it('has arrived where it belongs, and would be found in every readable form', async () => {
    const client = await world.clientOf(ids.cluster)
    const { text } = await client.request({ path: `/api/v1/namespaces/${namespace}/secrets/key` })
    expect(leaksIn(canaries, text)).toEqual(['value of a Secret'])
    for (const [name, secret] of Object.entries(canaries))
      for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const)
        expect(leaksIn(canaries, `x ${Buffer.from(secret).toString(encoding)} y`)).toContain(name)
    const bearer = new Headers({ authorization: `Bearer ${ids.token.secret}` })
    expect((await world.identity.actorOfRequest(bearer)).kind).toBe('token')
    await expect(
      world.signIn('ada@example.org', canaries['new password of a person'] ?? ''),
    ).resolves.toMatchObject({ kind: 'user' })
  })

  it.each(queries)('is in no answer of %s', async (name) => {
    await until(async () => {
      const { rows } = await ask('object.list', { kinds: ['Pod'], namespace })
      return rows.length > 0
    })
    const input = real()[name]
    // What this world has nothing of may be refused, and a refusal is an answer that can leak as well.
    const answer =
      input === undefined
        ? await ask(name, inputs[name] as InputOf<typeof name>).then(JSON.stringify, String)
        : JSON.stringify(await ask(name, input as InputOf<typeof name>))
    expect(answer.length).toBeGreaterThan(1)
    expect(leaksIn(canaries, answer)).toEqual([])
  })

  it('shows as a fingerprint where a plan or a release has to say that it differs', async () => {
    const plan = await ask('rollout.plan', real()['rollout.plan'] as InputOf<'rollout.plan'>)
    expect(JSON.stringify(plan)).toContain('fingerprint:')
    expect((await ask('rollout.manifests', { release: ids.release })).yaml).toContain('kind: Secret')
  })

  it('is not repeated when what holds it is refused', async () => {
    const broken = manifests(planted['value of a refused Secret']).replace('stringData', 'data')
    const change = { manifests: broken }
    const exec = world.kubeconfig.replace(
      /token:.*/,
      `token: ${planted['token in a refused kubeconfig']}\n    exec: { command: sh }`,
    )
    const wrong = planted['value of a refused Secret']
    const said = [
      await refused(ask('rollout.plan', { application: 'checkout', change })),
      await refused(ask('rollout.deploy', { application: 'checkout', change })),
      await refused(ask('cluster.register', { name: 'other', kubeconfig: exec })),
      await refused(ask('cluster.rotate', { cluster: 'real', kubeconfig: exec })),
      await refused(ask('session.changePassword', { current: wrong, password: wrong.slice(0, 20) })),
    ]
    expect(leaksIn(canaries, said.join('\n'))).toEqual([])
  })

  it('is in no row of any table, no bell and no internal error', async () => {
    const { db } = world.database
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['releases', 'audit_entries', 'accounts']),
    )
    const leaks: string[] = []
    for (const { name } of tables) {
      const rows = await db.$queryRawUnsafe<{ row: string }[]>(
        `SELECT to_jsonb(t)::text AS row FROM "${name}" t`,
      )
      leaks.push(
        ...leaksIn(canaries, rows.map(({ row }) => row).join('\n')).map((leak) => `${leak} in ${name}`),
      )
    }
    expect(leaks).toEqual([])
    expect(world.rung.length).toBeGreaterThan(0)
    expect(leaksIn(canaries, JSON.stringify([world.rung, world.errors]))).toEqual([])
  })
})
