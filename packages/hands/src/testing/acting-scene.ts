import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { alwaysOpen, type FreezeGate } from '@fairlead/contracts/freeze-gate'
import type { ClusterId } from '@fairlead/contracts/ids'
import type { Membership } from '@fairlead/contracts/permissions'
import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import { inventoryEntries } from '@fairlead/inventory/entries'
import {
  adminClient,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from '@fairlead/inventory/testing/inventory-fixture'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'
import type { Entry } from '@fairlead/kernel/door'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { deleteObject } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
import { z } from 'zod'
import { handsEntries } from '../entries'

const rbac = 'rbac.authorization.k8s.io'
const file = path.join(import.meta.dirname, '../../../../infra/rbac/fairlead-impersonation.yaml')
const tokenSchema = z.object({ status: z.object({ token: z.string() }) })

interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount'
  readonly name: string
  readonly namespace?: string
}
export type Person = 'olga' | 'paul' | 'nora' | 'ada'

/** One cluster, registered by a service account that has the rights of infra/rbac and, at first, not that to impersonate. */
export interface ActingScene {
  readonly fixture: InventoryFixture
  readonly admin: KubeClient
  readonly cluster: ClusterId
  readonly namespace: string
  /** As the API server calls the service account. */
  readonly itself: string
  as(person: Person): Call
  ask<K extends EntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>>
  apply(manifest: KubeManifest): Promise<void>
  /** In the scene's namespace, or everywhere; answers with what takes it back. */
  bind(role: string, subject: Subject, everywhere?: 'everywhere'): Promise<() => Promise<void>>
  /** What its owner does: the ClusterRole of infra/rbac, for this scene's service account. */
  allowImpersonation(): Promise<void>
  newToken(): Promise<{ server: string; ca: string; token: string }>
  close(): Promise<void>
}

async function plantAccount(admin: KubeClient, mark: string) {
  const namespace = `acting-${mark}`
  const apply = async (manifest: KubeManifest): Promise<void> =>
    void (await applyObject(admin, manifest, { fieldManager: 'test' }))
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'fairlead', namespace } })
  const made: { kind: string; name: string }[] = []
  const bind: ActingScene['bind'] = async (role, subject, everywhere) => {
    const kind = everywhere === undefined ? 'RoleBinding' : 'ClusterRoleBinding'
    const name = `acting-${crypto.randomBytes(4).toString('hex')}`
    const place = everywhere === undefined ? { namespace } : {}
    const group = subject.kind === 'ServiceAccount' ? {} : { apiGroup: rbac }
    await apply({
      apiVersion: `${rbac}/v1`,
      kind,
      metadata: { name, ...place },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
      subjects: [{ ...group, ...subject }],
    })
    if (everywhere !== undefined) made.push({ kind, name })
    return async () => void (await deleteObject(admin, { apiVersion: `${rbac}/v1`, kind, name, ...place }))
  }
  const account: Subject = { kind: 'ServiceAccount', name: 'fairlead', namespace }
  for (const role of ['fairlead-console', 'fairlead-hands']) await bind(role, account, 'everywhere')
  return {
    namespace,
    apply,
    bind,
    allowImpersonation: async () => {
      const [role] = loadManifests(fs.readFileSync(file, 'utf8'))
      if (role === undefined) throw new Error('infra/rbac/fairlead-impersonation.yaml is empty')
      await apply(role)
      await bind(role.metadata.name, account, 'everywhere')
    },
    drop: async () => {
      for (const binding of made) await deleteObject(admin, { apiVersion: `${rbac}/v1`, ...binding })
      await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name: namespace })
    },
  }
}

/** Two operators of one project, one of the installation, and an administrator. */
function peopleOf(projectId: string): (person: Person) => Call {
  const operator = (of: string | null): readonly Membership[] => [{ projectId: of, role: 'operator' }]
  const memberships: Readonly<Record<Person, readonly Membership[]>> = {
    olga: operator(projectId),
    paul: operator(projectId),
    nora: operator(null),
    ada: [{ projectId: null, role: 'administrator' }],
  }
  return (person) => ({
    actor: {
      kind: 'user',
      id: person,
      credentialId: `session of ${person}`,
      name: person,
      email: `${person}@example.org`,
      memberships: memberships[person],
    },
    via: 'cli',
    address: null,
  })
}

export const noWindows: FreezeGate = { ask: () => Promise.resolve(alwaysOpen) }

function askingBy({ database, connections, encryptionKey }: InventoryFixture, as: (person: Person) => Call) {
  const { db } = database
  const entries: Partial<Record<EntryName, unknown>> = {
    ...inventoryEntries({ db, cipher: createCipher(encryptionKey), connections }),
    ...handsEntries({ db, clusters: connections, freeze: noWindows }),
  }
  const services: Services = {
    db,
    queues: { ring: async () => undefined },
    clock: () => new Date(),
    onInternalError: (error) => void process.stderr.write(`${String(error)}\n`),
  }
  const ask: ActingScene['ask'] = (person, name, input) =>
    (entries[name] as Entry<typeof name>).invoke(services, as(person), input)
  return ask
}

export async function createActingScene(env: NodeJS.ProcessEnv): Promise<ActingScene> {
  const fixture = inventoryFixture(await createTestDatabase())
  const admin = adminClient(env)
  const { drop, ...account } = await plantAccount(admin, crypto.randomBytes(4).toString('hex'))
  const { namespace } = account
  const kubeconfig = testKubeconfig(env, 'FAIRLEAD_TEST_ADMIN_KUBECONFIG')
  const { server, caPem } = parseKubeconfig(kubeconfig, { development: true })
  const newToken = async () => {
    const answer = await admin.json({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/fairlead/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    })
    return { server, ca: caPem ?? '', token: tokenSchema.parse(answer).status.token }
  }
  // A binding takes a moment until the API server's authoriser has it.
  const { id } = await eventually('the cluster is registered', async () =>
    fixture
      .ask('cluster.register', { name: 'real', environment: 'staging', token: await newToken() })
      .catch(() => null),
  )
  const project = await fixture.database.db.project.create({
    data: { name: 'shop', destinations: { create: { clusterId: id, namespace } } },
  })
  const as = peopleOf(project.id)
  return {
    ...account,
    fixture,
    admin,
    cluster: id as ClusterId,
    itself: `system:serviceaccount:${namespace}:fairlead`,
    as,
    ask: askingBy(fixture, as),
    newToken,
    close: async () => {
      await drop()
      admin.close()
      await fixture.close()
    },
  }
}
