import type { InputOf } from '@fairlead/contracts/surface'
import { anonymous } from '@fairlead/kernel/context'
import { describe, expect, it } from 'vitest'
import { ensureFirstInvitation } from './first-invitation'
import { bearer, brand, identityWorld, password } from './testing/identity-world'

const world = identityWorld()

describe('the first administrator', () => {
  it('is whoever opens the one-time link, which then says that it was used', async () => {
    expect((await world.administrator()).memberships).toEqual([{ projectId: null, role: 'administrator' }])
    expect(await ensureFirstInvitation(world.db(), world.now())).toBeNull()
  })

  it('has one link at a time: a newer one replaces it, and both work at most once', async () => {
    await world.db().$executeRaw`TRUNCATE users, invitations CASCADE`
    const older = (await ensureFirstInvitation(world.db(), world.now())) ?? ''
    const newer = (await ensureFirstInvitation(world.db(), world.now())) ?? ''
    const accept = (secret: string, email: string) =>
      world.call(anonymous, 'invitation.accept', { secret, name: 'Ada', email, password })
    await expect(accept(older, 'eve@example.org')).rejects.toMatchObject({ code: 'not_found' })
    const answers = await Promise.allSettled([
      accept(newer, 'ada@example.org'),
      accept(newer, 'eve@example.org'),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await world.db().user.count()).toBe(1)
    await expect(world.call(anonymous, 'invitation.show', { secret: newer })).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('used already'),
    })
  })

  it('has a link that says so when it expired', async () => {
    await world.db().$executeRaw`TRUNCATE users, invitations CASCADE`
    const secret = (await ensureFirstInvitation(world.db(), world.now())) ?? ''
    world.later(8 * 24 * 3_600_000)
    await expect(world.call(anonymous, 'invitation.show', { secret })).rejects.toMatchObject({
      message: expect.stringContaining('expired'),
    })
  })

  it('leaves no secret of a link in the database', async () => {
    const { secret } = await world.call(await world.administrator(), 'person.invite', {
      email: 'g@example.org',
      name: 'G',
    })
    const stored = JSON.stringify([
      await world.db().invitation.findMany(),
      (await world.db().auditEntry.findMany()).map(({ detail }) => detail),
    ])
    expect(stored).not.toContain(secret)
  })
})

describe('people', () => {
  it('get exactly the roles of their invitation', async () => {
    const grace = await world.personWith('grace@example.org', [{ project: 'shop', role: 'deployer' }])
    const me = await world.call(grace, 'session.me', {})
    expect(me.memberships.map(({ project, role }) => ({ project, role }))).toEqual([
      { project: 'shop', role: 'deployer' },
    ])
    expect(me.projects.map(({ name }) => name)).toEqual(['shop'])
    expect(me.permissions).toEqual([])
  })

  it('lose every session and token at once when they are disabled, and can’t sign in', async () => {
    const root = await world.personWith('root@example.org', [{ project: null, role: 'administrator' }])
    const { secret } = await world.call(root, 'token.create', { name: 'ci', project: 'shop', role: 'viewer' })
    expect((await world.identity().actorOfRequest(bearer(secret))).kind).toBe('token')
    await world.call(await world.administrator(), 'person.disable', { user: brand(root.id), disabled: true })
    expect(await world.identity().refresh(root)).toBeNull()
    await expect(world.identity().actorOfRequest(bearer(secret))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const refused = await world.signIn('root@example.org')
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('ACCOUNT_DISABLED')])
  })

  it('never leave the installation without an administrator', async () => {
    const ada = await world.administrator()
    await expect(
      world.call(ada, 'person.disable', { user: brand(ada.id), disabled: true }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      world.call(ada, 'person.setMemberships', { user: brand(ada.id), memberships: [] }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const root = await world.personWith('root@example.org', [{ project: null, role: 'administrator' }])
    const answers = await Promise.allSettled([
      world.call(ada, 'person.setMemberships', { user: brand(root.id), memberships: [] }),
      world.call(root, 'person.setMemberships', { user: brand(ada.id), memberships: [] }),
    ])
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  })

  it('who administer one project give and take its roles, and no others', async () => {
    const owner = await world.personWith('owner@example.org', [{ project: 'shop', role: 'administrator' }])
    const grace = await world.personWith('grace@example.org', [{ project: 'payments', role: 'viewer' }])
    const give = (memberships: InputOf<'person.setMemberships'>['memberships']) =>
      world.call(owner, 'person.setMemberships', { user: brand(grace.id), memberships })
    await give([{ project: 'shop', role: 'approver' }])
    expect(await world.rolesOf(grace.id)).toEqual(['approver', 'viewer'])
    await expect(give([{ project: null, role: 'administrator' }])).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(give([{ project: 'payments', role: 'operator' }])).rejects.toMatchObject({
      code: 'not_found',
    })
    await give([])
    expect(await world.rolesOf(grace.id)).toEqual(['viewer'])
    const invite = { email: 'ada@example.org', name: 'Ada', memberships: [] }
    await expect(world.call(owner, 'person.invite', invite)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('choose a new password by a link of an administrator, which ends their sessions', async () => {
    const grace = await world.personWith('grace@example.org', [{ project: 'shop', role: 'viewer' }])
    const { secret } = await world.call(await world.administrator(), 'person.invite', {
      email: 'grace@example.org',
      name: 'Grace',
    })
    await world.call(anonymous, 'invitation.accept', { secret, name: 'x', password: 'another long password' })
    expect(await world.identity().refresh(grace)).toBeNull()
    expect((await world.signIn('grace@example.org')).status).toBe(401)
    expect((await world.signIn('grace@example.org', 'another long password')).status).toBe(200)
    expect(await world.rolesOf(grace.id)).toEqual(['viewer'])
  })
})
