import type { Membership } from '@fairlead/contracts/permissions'
import type { InputOf } from '@fairlead/contracts/surface'
import type { Actor } from '@fairlead/kernel/context'
import { describe, expect, it } from 'vitest'
import { bearer, brand, identityWorld } from './testing/identity-world'

const world = identityWorld()

describe('API tokens', () => {
  const create = async (
    project: string | null,
    role: 'viewer' | 'deployer' | 'administrator',
    expires = '90d',
  ) => world.call(await world.administrator(), 'token.create', { name: 'ci', project, role, expires })

  it('act for their owner with one role in one project', async () => {
    const { secret } = await create('shop', 'deployer')
    const actor = await world.identity().actorOfRequest(bearer(secret))
    const shop = await world.db().project.findUniqueOrThrow({ where: { name: 'shop' } })
    const ada = await world.db().user.findUniqueOrThrow({ where: { email: 'ada@example.org' } })
    expect(actor).toMatchObject({
      kind: 'token',
      id: ada.id,
      memberships: [{ projectId: shop.id, role: 'deployer' }],
    })
    expect(JSON.stringify(await world.db().apiToken.findMany())).not.toContain(secret)
  })

  it('never hold more than their owner still holds', async () => {
    const root = await world.personWith('root@example.org', [{ project: 'shop', role: 'administrator' }])
    const { secret } = await world.call(root, 'token.create', {
      name: 'ci',
      project: 'shop',
      role: 'deployer',
    })
    const set = async (memberships: InputOf<'person.setMemberships'>['memberships']) =>
      world.call(await world.administrator(), 'person.setMemberships', { user: brand(root.id), memberships })
    await set([{ project: 'shop', role: 'viewer' }])
    const roles = async (): Promise<Membership['role'][]> =>
      (await world.identity().actorOfRequest(bearer(secret))).memberships.map(({ role }) => role)
    expect(await roles()).toEqual(['viewer'])
    await set([{ project: 'payments', role: 'administrator' }])
    expect(await roles()).toEqual([])
  })

  it('are refused when unknown, expired or revoked', async () => {
    const { secret, id } = await create('shop', 'viewer', '1d')
    const actor = await world.identity().actorOfRequest(bearer(secret))
    await world.call(await world.administrator(), 'token.revoke', { token: id as never })
    const refused = { code: 'unauthenticated' }
    await expect(world.identity().actorOfRequest(bearer(secret))).rejects.toMatchObject(refused)
    await expect(world.identity().actorOfRequest(bearer('flt_unknown'))).rejects.toMatchObject(refused)
    await expect(world.identity().actorOfRequest(bearer('unknown'))).rejects.toMatchObject(refused)
    expect(await world.identity().refresh(actor)).toBeNull()
    const other = await create('shop', 'viewer', '1d')
    world.later(25 * 3_600_000)
    await expect(world.identity().actorOfRequest(bearer(other.secret))).rejects.toMatchObject(refused)
  })

  it('are not minted with a role that their owner does not hold, nor by tokens, nor for ever', async () => {
    const owner = await world.personWith('owner@example.org', [{ project: 'shop', role: 'administrator' }])
    const ask = (actor: Actor, project: string | null, expires = '90d') =>
      world.call(actor, 'token.create', { name: 'ci', project, role: 'administrator', expires })
    await expect(ask(owner, null)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(ask(owner, 'payments')).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(owner, 'shop', '366d')).rejects.toMatchObject({ code: 'invalid' })
    const { secret } = await ask(owner, 'shop')
    const token = await world.identity().actorOfRequest(bearer(secret))
    await expect(ask(token, 'shop')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('note when they were used at most once a minute', async () => {
    const { secret, id } = await create('shop', 'viewer')
    const used = async () =>
      (await world.db().apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime()
    await world.identity().actorOfRequest(bearer(secret))
    const first = await used()
    await world.identity().actorOfRequest(bearer(secret))
    expect(await used()).toBe(first)
    world.later(61_000)
    await world.identity().actorOfRequest(bearer(secret))
    expect(await used()).toBeGreaterThan(first ?? Infinity)
  })
})
