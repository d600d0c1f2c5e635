import type { ClusterId } from '@fairlead/contracts/ids'
import type { ShellEnd } from '@fairlead/contracts/shell-wire'
import { openDatabase } from '@fairlead/db/database'
import { recordIn, recordsIn } from '@fairlead/contracts/loose-json'
import type { Call } from '@fairlead/kernel/context'
import { deleteObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handsEntries } from '../entries'
import { createHandsScene, eventually, type HandsScene, type Person } from '../testing/hands-scene'
import { auditShell, openerOf } from './audit-shell'
import { endForgottenShells, stillHolds } from './end-forgotten'
import { admitTerminal, stillMay, type TerminalDeps } from './open-terminal'
import { redeemTicket } from './ticket'

// Nodes are simulated here: that a shell opens on a real one is told by the stories.
let scene: HandsScene
let now = new Date()
let deps: TerminalDeps
const unexpected: unknown[] = []

const by = (person: Person, session = `session of ${person}`): Call => {
  const call = scene.as(person)
  return { ...call, actor: { ...call.actor, credentialId: session } }
}
const place = (more: object = {}) => ({
  cluster: scene.staging as ClusterId,
  namespace: scene.namespace,
  pod: 'box',
  container: 'web',
  ...more,
})
const open = (call: Call, more: object = {}) =>
  handsEntries(scene.deps)['pod.openShell'].invoke({ ...scene.services, clock: () => now }, call, place(more))
const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'web', image: 'registry.example/web:1' }] },
})
const runs = (name: string) =>
  eventually(`${name} runs`, async () => {
    const statuses = recordsIn(recordIn((await scene.live('Pod', name))?.['status'])['containerStatuses'])
    return statuses.some(({ state }) => recordIn(state)['running'] !== undefined)
  })

beforeAll(async () => {
  scene = await createHandsScene()
  deps = {
    ...scene.deps,
    clock: () => now,
    refresh: (actor) => Promise.resolve(actor),
    onError: (error) => void unexpected.push(error),
  }
  await scene.apply(pod('box'))
  await runs('box')
})
afterAll(async () => {
  await scene.drop()
  expect(unexpected).toEqual([])
})

describe('leave to open a shell', () => {
  it('is given to operators, and written down with what it is for', async () => {
    const { ticket, expiresAt } = await open(by('paul'), { reason: 'Looking at its connections' })
    expect(Date.parse(expiresAt)).toBeGreaterThan(now.getTime())
    const entry = await scene.audited('pod.openShell')
    expect(entry).toMatchObject({
      outcome: 'done',
      actorId: 'paul',
      projectId: scene.projectId,
      subjectName: `staging/${scene.namespace}/box`,
      detail: { container: 'web', reason: 'Looking at its connections' },
    })
    const stored = await scene.database.db.shell.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
    expect(JSON.stringify([stored, entry.detail])).not.toContain(ticket)
  })

  it('is not given to deployers and viewers', async () => {
    for (const person of ['dan', 'vic'] as const) {
      await expect(open(by(person))).rejects.toMatchObject({ code: 'forbidden' })
      expect(await scene.audited('pod.openShell')).toMatchObject({ outcome: 'denied', actorId: person })
    }
  })

  it('needs a reason in production, a container that runs, and a pod that is there', async () => {
    const production = { cluster: scene.production }
    await expect(open(by('olga'), production)).rejects.toMatchObject({
      code: 'invalid',
      detail: { path: 'reason' },
    })
    await expect(open(by('olga'), { ...production, reason: 'An outage' })).resolves.toBeDefined()
    await expect(open(by('olga'), { container: 'sidecar' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(open(by('olga'), { pod: 'other' })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a ticket', () => {
  const forbidden = { code: 'forbidden' }

  it('works once', async () => {
    const { ticket } = await open(by('olga'))
    await expect(admitTerminal(deps, ticket, by('olga'))).resolves.toBeDefined()
    await expect(admitTerminal(deps, ticket, by('olga'))).rejects.toMatchObject(forbidden)
  })

  it('works for the session that asked alone', async () => {
    const { ticket } = await open(by('olga'))
    await expect(admitTerminal(deps, ticket, by('paul'))).rejects.toMatchObject(forbidden)
    await expect(admitTerminal(deps, ticket, by('olga', 'another session'))).rejects.toMatchObject(forbidden)
    await expect(admitTerminal(deps, ticket, scene.as('olga'))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(admitTerminal(deps, ticket, by('olga'))).resolves.toBeDefined()
  })

  it('is void half a minute later, and never was one when it is made up', async () => {
    const { ticket } = await open(by('olga'))
    now = new Date(now.getTime() + 31_000)
    await expect(admitTerminal(deps, ticket, by('olga'))).rejects.toMatchObject(forbidden)
    await expect(admitTerminal(deps, '', by('olga'))).rejects.toMatchObject(forbidden)
  })

  it('is void when its person may no longer open shells there', async () => {
    const { ticket } = await open(by('paul'))
    const { actor } = by('paul')
    const demoted = {
      ...by('paul'),
      actor: { ...actor, memberships: [{ projectId: scene.projectId, role: 'viewer' as const }] },
    }
    await expect(admitTerminal(deps, ticket, demoted)).rejects.toMatchObject(forbidden)
  })
})

describe('the right to a shell that is open', () => {
  const here = () => ({
    projectId: null,
    clusterId: scene.staging,
    namespace: scene.namespace,
    pod: 'box',
    podUid: '',
    container: 'web',
    command: [],
  })
  const depsWith = (more: Partial<TerminalDeps>): TerminalDeps => ({ ...deps, ...more })

  it('ends with the role, with the project and with the session', async () => {
    const { actor } = by('paul')
    expect(await stillMay(deps, here(), actor)).toBe(true)
    const demoted = { ...actor, memberships: [{ projectId: scene.projectId, role: 'viewer' as const }] }
    const stranger = { ...actor, memberships: [] }
    for (const today of [demoted, stranger, null])
      expect(await stillMay(depsWith({ refresh: () => Promise.resolve(today) }), here(), actor)).toBe(false)
  })

  it('is not lost when the database cannot be asked', async () => {
    const db = openDatabase({ url: 'postgresql://127.0.0.1:1/nowhere', poolSize: 1 })
    await expect(stillMay(depsWith({ db }), here(), by('paul').actor)).rejects.toThrow()
    await db.$disconnect()
  })
})

describe('a shell whose console is killed', () => {
  const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))
  const ends = () => scene.database.db.auditEntry.findMany({ where: { action: 'pod.shellEnded' } })

  it('is ended in the audit log once, in words, by whoever misses that console', async () => {
    const call = { ...by('olga'), address: '192.0.2.7' }
    const { ticket } = await open(call)
    const shell = await redeemTicket(scene.database.db, ticket, { actor: call.actor, now })
    const about = { shell, opener: openerOf(call, scene.client) }
    await auditShell(deps, { ...about, told: { event: 'begun' } })
    later(60)
    expect(await stillHolds(deps, shell.id, now)).toBe(true)
    const heardOf = now.toISOString()
    later(60)
    expect([await endForgottenShells(deps), await ends()]).toEqual([0, []])
    later(60)
    await Promise.all([endForgottenShells(deps), endForgottenShells(deps)])
    expect(await ends()).toMatchObject([
      {
        actorId: 'olga',
        address: '192.0.2.7',
        subjectName: `staging/${scene.namespace}/box`,
        detail: {
          exitCode: null,
          message: expect.stringContaining('not known exactly') as string,
          lastHeardOf: heardOf,
        },
      },
    ])
    expect(await stillHolds(deps, shell.id, now)).toBe(false)
    const told = { event: 'ended', exitCode: 0, message: 'The command ended.', seconds: 180 } as const
    await auditShell(deps, { ...about, told })
    expect(await ends()).toHaveLength(1)
  })
})

describe('a terminal', () => {
  const screen = { output: () => undefined, ended: () => undefined }

  it('opens in the pod that was meant, not in another of its name', async () => {
    await scene.apply(pod('twice'))
    await runs('twice')
    const { ticket } = await open(by('olga'), { pod: 'twice' })
    const uid = (await scene.live('Pod', 'twice'))?.metadata.uid
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: scene.namespace, name: 'twice' }
    await deleteObject(scene.admin, ref)
    await eventually('the pod is gone', async () => (await scene.live('Pod', 'twice')) === null)
    await scene.apply(pod('twice'))
    expect((await scene.live('Pod', 'twice'))?.metadata.uid).not.toBe(uid)
    const admitted = await admitTerminal(deps, ticket, by('olga'))
    await expect(admitted.start(screen)).rejects.toMatchObject({ code: 'stale' })
  })

  it('that the node refuses says why, and its begin and its end are written down', async () => {
    const { ticket } = await open(by('olga'))
    const admitted = await admitTerminal(deps, ticket, by('olga'))
    const ends: ShellEnd[] = []
    await admitted.start({ ...screen, ended: (end) => void ends.push(end) })
    const [end] = await eventually('the end is told', async () => ends.length > 0 && ends)
    expect(end).toMatchObject({ exitCode: null, message: expect.stringMatching(/exec/) as string })
    const last = { orderBy: { sequence: 'desc' }, take: 2 } as const
    const [ended, begun] = await eventually('the end is written', async () => {
      const entries = await scene.database.db.auditEntry.findMany(last)
      return entries[0]?.action === 'pod.shellEnded' && entries
    })
    expect([begun?.action, begun?.outcome, ended?.outcome]).toEqual(['pod.shellBegun', 'done', 'done'])
    expect(ended).toMatchObject({
      actorId: 'olga',
      subjectName: `staging/${scene.namespace}/box`,
      detail: { exitCode: null, message: end?.message, container: 'web' },
    })
  })
})
