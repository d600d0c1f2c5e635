import { describe, expect, it } from 'vitest'
import { baseUrl, clientAddress, cookieOf, identityWorld, password } from './testing/identity-world'

const world = identityWorld()

describe('signing in', () => {
  it('gives an httpOnly, same-site cookie and no secret in the body, and is audited', async () => {
    const response = await world.signIn('ada@example.org')
    const cookie = response.headers.getSetCookie().join()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Max-Age=43200/)
    const token = /session_token=([^.;]+)/.exec(decodeURIComponent(cookie))?.[1] ?? 'none'
    expect(await response.text()).not.toContain(token)
    expect(await world.lastAudit()).toMatchObject({
      action: 'session.sign_in',
      outcome: 'done',
      actorName: 'Ada',
      address: clientAddress,
    })
  })

  it('is audited when it fails, and reveals not whether the e-mail is known', async () => {
    const known = await world.signIn('ada@example.org', 'wrong wrong wrong')
    const unknown = await world.signIn('nobody@example.org', 'wrong wrong wrong')
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
    expect(await world.lastAudit()).toMatchObject({
      action: 'session.sign_in',
      outcome: 'denied',
      actorKind: 'anonymous',
    })
  })

  it('locks an e-mail for half an hour after ten failures, the right password included', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await world.db().$executeRaw`DELETE FROM rate_limits`
      expect((await world.signIn('ada@example.org', 'wrong wrong wrong')).status).toBe(401)
    }
    await world.db().$executeRaw`DELETE FROM rate_limits`
    const locked = await world.signIn('ada@example.org')
    expect(locked.status).toBe(429)
    expect(Number(locked.headers.get('x-retry-after'))).toBeGreaterThan(1_700)
    world.later(31 * 60_000)
    expect((await world.signIn('ada@example.org')).status).toBe(200)
  })

  it('is limited per address whatever the e-mails are', async () => {
    const statuses = []
    for (let attempt = 0; attempt < 22; attempt += 1)
      statuses.push((await world.signIn(`nobody${attempt}@example.org`, 'wrong wrong wrong')).status)
    expect(statuses.at(-1)).toBe(429)
  })

  it('refuses another origin’s request', async () => {
    const foreign = { origin: 'https://evil.example', cookie: 'a=b' }
    const response = await world.post('sign-in/email', { email: 'ada@example.org', password }, foreign)
    expect(response.status).toBe(403)
  })

  it('serves nothing else of better-auth: nobody signs up', async () => {
    for (const path of ['sign-up/email', 'get-session', 'update-user', 'delete-user', 'list-sessions', 'ok'])
      expect((await world.identity().handler(new Request(`${baseUrl}/api/auth/${path}`), null)).status).toBe(
        404,
      )
  })

  it('ends with signing out, which is audited', async () => {
    const headers = cookieOf(await world.signIn('ada@example.org'))
    const response = await world.post('sign-out', {}, { cookie: headers.get('cookie') ?? '' })
    expect(response.status).toBe(200)
    expect((await world.identity().actorOfRequest(headers)).kind).toBe('anonymous')
    expect(await world.lastAudit()).toMatchObject({ action: 'session.sign_out', actorName: 'Ada' })
  })
})
