import crypto from 'node:crypto'
import { anonymous } from '@fairlead/kernel/context'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitPosts, mostProven, mostUnproven } from '../source/hook-limit'
import { application, createScene, type Scene } from '../testing/scene'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.drop())

describe('the webhook of a source', () => {
  it('takes so many posts a minute, those at once too, and of proven ones more', async () => {
    const hook = { application: crypto.randomUUID() }
    const begins = Date.now() - 3_600_000
    const posts = async (count: number, post: { proven: boolean; address: string }, second = 0) => {
      const now = new Date(begins + second * 1_000)
      const one = () =>
        limitPosts(scene.database.db, { ...hook, ...post }, now).then(
          () => 'heard',
          (error: { code: string }) => error.code,
        )
      const answers = await Promise.all(Array.from({ length: count }, one))
      return answers.filter((answer) => answer === 'heard').length
    }
    const unproven = { proven: false, address: '203.0.113.7' }
    expect(await posts(mostUnproven.perAddress + 3, unproven)).toBe(mostUnproven.perAddress)
    expect(await posts(1, unproven, 59)).toBe(0)
    const left = mostUnproven.perHook - mostUnproven.perAddress
    for (const address of ['2001:db8:1::1', '2001:db8:2::1'])
      expect(await posts(left, { proven: false, address })).toBe(left / 2)
    expect(await posts(1, { proven: false, address: '203.0.113.8' })).toBe(0)
    expect(await posts(mostProven + 3, { ...unproven, proven: true })).toBe(mostProven)
    expect(await posts(1, unproven, 60)).toBe(1)
  })

  it('leaves nothing on record of what came too often, and hears what is proven all the same', async () => {
    const document = application(scene.namespace, [{ name: 'staging' }]).replace(
      'spec:\n',
      'spec:\n  source: { git: { repository: "https://git.example.org/shop.git" } }\n',
    )
    const { id } = await scene.call('ada', 'application.apply', { document })
    const address = '203.0.113.9'
    // A minute that has not begun is not over yet either, however slow this machine is.
    const later = new Date(Date.now() + 3_600_000)
    for (let count = 0; count < mostUnproven.perAddress; count++)
      await limitPosts(scene.database.db, { application: id, address, proven: false }, later)
    const post = (proof: string) =>
      scene.callAs({ actor: anonymous, via: 'cli', address }, 'source.hook', {
        application: id,
        scheme: 'token',
        proof,
        body: '{}',
      })
    await expect(post('invented')).rejects.toMatchObject({
      code: 'rate_limited',
      detail: { retryAfterSeconds: expect.any(Number) },
    })
    const { secret } = await scene.call('ada', 'source.setHook', { application: 'web' })
    await post(secret)
    const heard = await scene.database.db.auditEntry.findMany({ where: { action: 'source.hook', address } })
    expect(heard.map(({ outcome }) => outcome)).toEqual(['done'])
  })
})
