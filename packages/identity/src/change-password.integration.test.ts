import { describe, expect, it } from 'vitest'
import { bearer, cookieOf, identityWorld, password } from './testing/identity-world'

const world = identityWorld()
const better = 'a new and better password'
const email = 'ada@example.org'
const change = async (current = password, wanted = better) =>
  world.call(await world.administrator(), 'session.changePassword', { current, password: wanted })

describe('one’s own password', () => {
  it('is changed with the current one: the new one signs in, the old one no longer', async () => {
    await change()
    expect((await world.signIn(email)).status).toBe(401)
    expect((await world.signIn(email, better)).status).toBe(200)
    const entry = await world.db().auditEntry.findFirstOrThrow({
      where: { action: 'session.changePassword' },
      orderBy: { sequence: 'desc' },
    })
    expect(entry).toMatchObject({ outcome: 'done', actorName: 'Ada', subjectKind: 'person' })
    expect(JSON.stringify(entry.detail)).not.toMatch(new RegExp(`${password}|${better}`))
  })

  it('ends every other session, and keeps the one that changed it and everybody else’s', async () => {
    const grace = await world.personWith('grace@example.org', [{ project: 'shop', role: 'viewer' }])
    const elsewhere = cookieOf(await world.signIn(email))
    const here = await world.administrator()
    const answer = await world.call(here, 'session.changePassword', { current: password, password: better })
    expect(answer.sessionsEnded).toBeGreaterThan(0)
    expect((await world.identity().actorOfRequest(elsewhere)).kind).toBe('anonymous')
    expect(await world.identity().refresh(here)).not.toBeNull()
    expect(await world.identity().refresh(grace)).not.toBeNull()
    const news = await world.db().change.findMany({ where: { topic: 'people', key: here.id } })
    expect(news.length).toBeGreaterThan(0)
  })

  it('stays as it is when the current one is wrong, which is audited as denied', async () => {
    await expect(change('wrong wrong wrong')).rejects.toMatchObject({
      code: 'forbidden',
      detail: { path: 'current' },
    })
    expect(await world.lastAudit()).toMatchObject({ action: 'session.changePassword', outcome: 'denied' })
    expect((await world.signIn(email)).status).toBe(200)
  })

  it('is refused when it is too short, or the same', async () => {
    await expect(change(password, 'too short')).rejects.toMatchObject({ code: 'invalid' })
    await expect(change(password, password)).rejects.toMatchObject({
      code: 'invalid',
      detail: { path: 'password' },
    })
  })

  it('can’t be guessed: ten failures lock changing and signing in for half an hour', async () => {
    const ada = await world.administrator()
    const guess = (current: string) =>
      world.call(ada, 'session.changePassword', { current, password: better })
    for (let attempt = 0; attempt < 10; attempt += 1)
      await expect(guess(`wrong ${attempt} wrong wrong`)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(guess(password)).rejects.toMatchObject({ code: 'rate_limited' })
    expect((await world.signIn(email)).status).toBe(429)
    world.later(31 * 60_000)
    await expect(guess(password)).resolves.toMatchObject({ sessionsEnded: expect.any(Number) })
  })

  it('of two changes at once, one is told that it came too late or was wrong', async () => {
    const ada = await world.administrator()
    const wanted = [better, 'another long password']
    const answers = await Promise.allSettled(
      wanted.map((one) => world.call(ada, 'session.changePassword', { current: password, password: one })),
    )
    const [won] = wanted.filter((_, index) => answers[index]?.status === 'fulfilled')
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await world.signIn(email, won)).status).toBe(200)
  })

  it('is not for an API token to change', async () => {
    const { secret } = await world.call(await world.administrator(), 'token.create', {
      name: 'ci',
      project: 'shop',
      role: 'administrator',
    })
    const token = await world.identity().actorOfRequest(bearer(secret))
    await expect(
      world.call(token, 'session.changePassword', { current: password, password: better }),
    ).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('API token') })
  })
})
