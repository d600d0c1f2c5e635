import { createAirflowConnections } from '@fairlead/airflow/connections'
import { airflowEntries } from '@fairlead/airflow/entries'
import { auditEntries } from '@fairlead/audit-log/entries'
import { isFairleadError } from '@fairlead/contracts/errors'
import { noDags, stageStandings } from '@fairlead/contracts/stage-gates'
import { entryNames, surface, type EntryName } from '@fairlead/contracts/surface'
import { freezeEntries } from '@fairlead/freeze/entries'
import { freezeGate } from '@fairlead/freeze/gate'
import { handsEntries } from '@fairlead/hands/entries'
import { identityEntries } from '@fairlead/identity/entries'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { inventoryEntries } from '@fairlead/inventory/entries'
import { podSight } from '@fairlead/inventory/pod-sight'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import { createCipher } from '@fairlead/kernel/cipher'
import { anonymous, type Actor, type Services } from '@fairlead/kernel/context'
import type { Entries } from '@fairlead/kernel/door'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { workflowEntries } from '@fairlead/workflow/entries'
import { workflowStandings } from '@fairlead/workflow/workflow-gate'
import { workloadEntries } from '@fairlead/workload/entries'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { id, inputs, workflowDocument } from './testing/entry-inputs'

let database: TestDatabase
let entries: Entries
let closeConnections: () => void
const unexpected: unknown[] = []

const services = (): Services => ({
  db: database.db,
  queues: { ring: async () => undefined },
  clock: () => new Date(),
  onInternalError: (error) => void unexpected.push(error),
})
const codeOf = async (actor: Actor, name: EntryName): Promise<string> => {
  try {
    await entries[name].invoke(services(), { actor, via: 'cli', address: null }, inputs[name])
    return 'answered'
  } catch (error) {
    return isFairleadError(error) ? error.code : String(error)
  }
}
const memberOf = (memberships: Actor['memberships']): Actor => ({
  kind: 'user',
  id: 'eve',
  name: 'Eve',
  email: 'eve@example.org',
  memberships,
})

let foreignProject = ''

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  const cipher = createCipher(Buffer.alloc(32, 1).toString('base64'))
  const connections = createClusterConnections({
    db,
    cipher,
    allowedCidrs: [],
    // Nothing listens there: AWS itself must never hear of a test.
    sources: { awsEndpoint: 'http://127.0.0.1:1' },
  })
  closeConnections = () => connections.close()
  entries = {
    ...identityEntries({ db }),
    ...auditEntries({ db }),
    ...inventoryEntries({ db, cipher, connections }),
    ...airflowEntries({
      db,
      cipher,
      connections: createAirflowConnections({ db, cipher, allowedCidrs: [], clock: () => new Date() }),
      pods: podSight(db, connections),
    }),
    ...freezeEntries({ db }),
    ...handsEntries({ db, clusters: connections, freeze: freezeGate(db) }),
    ...workloadEntries({
      db,
      cipher,
      clusters: connections,
      workflows: stageStandings(workflowStandings({ db }), noDags),
      freeze: freezeGate(db),
      waivers: waiverSource(db),
    }),
    ...workflowEntries({
      db,
      destinationsOf: () => Promise.resolve([{ cluster: 'production', namespace: '*' }]),
      runner: { logs: () => Promise.resolve({ lines: [{ at: null, text: '"shop"' }], cursor: null }) },
    }),
  }
  await seed()
})
afterAll(async () => {
  closeConnections()
  await database.drop()
})

/** One of everything, in a project that nobody here belongs to. */
async function seed(): Promise<void> {
  const { db } = database
  const shop = await db.project.create({ data: { name: 'shop' } })
  foreignProject = (await db.project.create({ data: { name: 'elsewhere' } })).id
  const uid = '00000000-0000-4000-8000-000000000001'
  await db.cluster.create({
    data: { id, name: 'production', uid, environment: 'production', colour: 0, server: 'https://192.0.2.1' },
  })
  await db.destination.create({ data: { projectId: shop.id, clusterId: id, namespace: '*' } })
  await db.airflowConnection.create({
    data: {
      id,
      name: 'nightly',
      address: 'https://airflow.example.org',
      version: '3.3.2',
      grants: { create: { projectId: shop.id } },
    },
  })
  await db.drain.create({
    data: {
      id,
      clusterId: id,
      node: 'node-1',
      nodeUid: id,
      options: {},
      requesterId: 'ada',
      requesterName: 'Ada',
      deadlineAt: new Date('2100-01-01'),
    },
  })
  const ada = { id: 'ada', name: 'Ada', email: 'ada@example.org' }
  await db.user.create({ data: { ...ada, memberships: { create: { role: 'administrator' } } } })
  await db.apiToken.create({
    data: {
      id,
      name: 'ci',
      prefix: 'flt_x',
      secretHash: 'x',
      userId: 'ada',
      role: 'viewer',
      projectId: shop.id,
      expiresAt: new Date('2100-01-01'),
    },
  })
  const { id: applicationId } = await db.application.create({
    data: { projectId: shop.id, name: 'checkout', document: {} },
  })
  await db.release.create({
    data: {
      id,
      applicationId,
      number: 1,
      digest: 'd',
      manifests: [],
      images: [],
      source: {},
      authorId: 'ada',
      authorName: 'Ada',
    },
  })
  await db.rollout.create({
    data: {
      id,
      applicationId,
      number: 1,
      kind: 'deploy',
      state: 'running',
      releaseId: id,
      requesterId: 'ada',
      requesterName: 'Ada',
      stages: [],
    },
  })
  await seedWorkflow(shop.id)
}

async function seedWorkflow(projectId: string): Promise<void> {
  const { db } = database
  const author = { authorId: 'ada', authorName: 'Ada' }
  const at = new Date('2026-10-20T00:00:00Z')
  await db.workflow.create({
    data: { id, projectId, name: 'nightly', versionId: id, versionNumber: 1, scheduleAt: at },
  })
  await db.workflowVersion.create({
    data: { id, workflowId: id, number: 1, source: workflowDocument, digest: 'd', ...author },
  })
  const requester = { requesterId: 'ada', requesterName: 'Ada' }
  await db.workflowRun.create({
    data: {
      id,
      workflowId: id,
      versionId: id,
      projectId,
      number: 1,
      trigger: 'manual',
      nominalTime: at,
      state: 'running',
      ...requester,
    },
  })
  const pending = {
    kind: 'approval',
    digest: 'a'.repeat(64),
    message: '',
    quorum: 1,
    roles: ['approver'],
    excludeRequester: true,
    expiresAt: '2100-01-01T00:00:00Z',
  }
  await db.workflowTask.create({
    data: { runId: id, taskId: 'settle', position: 0, state: 'awaiting_approval', pending },
  })
  await db.workflowPool.create({ data: { projectId, name: 'database', slots: 4 } })
  const dataset = { dataset: 'postgres://checkout', direction: 'input' }
  await db.workflowLineage.create({
    data: { projectId, workflowId: id, taskId: 'settle', runId: id, at, ...dataset },
  })
}

const protectedNames = entryNames.filter((name) => surface[name].permission !== 'public')

describe('every entry', () => {
  it.each(protectedNames)('%s refuses whoever is not signed in', async (name) => {
    expect(await codeOf(anonymous, name)).toBe('unauthenticated')
  })

  it.each(protectedNames)('%s refuses somebody without any role', async (name) => {
    expect(await codeOf(memberOf([]), name)).toBe('forbidden')
  })

  it.each(['invitation.show', 'invitation.accept', 'source.hook'] as const)(
    '%s refuses an invented secret',
    async (name) => {
      expect(await codeOf(anonymous, name)).toBe('not_found')
    },
  )

  /** Lists answer with what is visible: nothing of a foreign project. */
  it('gives an administrator of another project nothing of this one', async () => {
    const stranger = memberOf([{ projectId: foreignProject, role: 'administrator' }])
    const answered: string[] = []
    for (const name of protectedNames) {
      const code = await codeOf(stranger, name)
      if (code === 'answered') answered.push(name)
      else expect([name, code]).toEqual([name, expect.stringMatching(/^(forbidden|not_found)$/)])
    }
    const call = { actor: stranger, via: 'cli', address: null } as const
    const texts = []
    for (const name of answered as EntryName[])
      texts.push(`${name} ${JSON.stringify(await entries[name].invoke(services(), call, inputs[name]))}`)
    for (const text of texts.filter((one) => !one.startsWith('audit.')))
      expect(text).not.toMatch(/"shop"|checkout|"production"|192\.0\.2\.1/)
    expect(answered.filter((name) => surface[name as EntryName].kind === 'command')).toEqual([])
  })

  it('leaves the world as it was, with every refused command in the audit log', async () => {
    const { db } = database
    expect([await db.project.count(), await db.cluster.count(), await db.invitation.count()]).toEqual([
      2, 1, 0,
    ])
    expect(await db.membership.count()).toBe(1)
    expect(await db.drain.count({ where: { state: 'running' } })).toBe(1)
    expect([
      await db.workflowVersion.count(),
      await db.workflowRun.count(),
      await db.workflowEvent.count(),
      await db.workflowApproval.count(),
    ]).toEqual([1, 1, 0, 0])
    const denied = await db.auditEntry.findMany({ where: { outcome: 'denied' }, distinct: ['action'] })
    const commands = entryNames.filter((name) => surface[name].kind === 'command')
    expect(denied.map(({ action }) => action).sort()).toEqual([...commands].sort())
  })

  it('fails in no unexpected way', () => {
    expect(unexpected).toEqual([])
  })
})
