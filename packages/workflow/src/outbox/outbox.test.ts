import type { RunState } from '@fairlead/contracts/workflow-states'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveUpMs, nextTry } from './backoff'
import { notificationsOf, type NotifyOn } from './notifications'
import { guardedPost, RefusedTarget } from './post'
import { isWebhookSecret, signatureHeaders } from './sign'

describe('a target', () => {
  const post = guardedPost([])
  it.each([
    ['not a URL', 'hello'],
    ['another scheme', 'file:///etc/passwd'],
    ['loopback', 'http://127.0.0.1:1/'],
    ['loopback by its number', 'http://2130706433/'],
    ['loopback in IPv6', 'http://[::1]:1/'],
    ['loopback by name', 'http://localhost:1/'],
    ['cloud metadata', 'http://169.254.169.254/latest'],
  ])('that is %s is refused for good', async (_, url) => {
    await expect(post({ url, headers: {}, body: '{}' })).rejects.toBeInstanceOf(RefusedTarget)
  })
})

describe('a retry', () => {
  const createdAt = new Date('2026-11-23T00:00:00Z')
  it('waits longer each time, an hour at most, and ends within a day', () => {
    let now = createdAt
    let tries = 1
    let wait = 0
    for (;;) {
      const next = nextTry({ createdAt, tries }, now)
      if (next === null) break
      expect(next.getTime() - now.getTime()).toBeGreaterThanOrEqual(wait)
      wait = next.getTime() - now.getTime()
      expect(wait).toBeLessThanOrEqual(3_600_000)
      now = next
      tries += 1
    }
    expect(tries).toBeGreaterThan(25)
    expect(now.getTime() - createdAt.getTime()).toBeLessThanOrEqual(giveUpMs)
  })
  it('is never before now, nor before what the receiver asked for up to an hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.nat(giveUpMs),
        fc.option(fc.nat(1e9)),
        (tries, age, asked) => {
          const now = new Date(createdAt.getTime() + age)
          const next = nextTry({ createdAt, tries }, now, asked)
          if (next === null) return
          expect(next.getTime()).toBeGreaterThan(now.getTime())
          expect(next.getTime() - now.getTime()).toBeGreaterThanOrEqual(
            Math.min(3_600_000, (asked ?? 0) * 1_000),
          )
        },
      ),
    )
  })
})

describe('notifications', () => {
  const news = (on: NotifyOn, state: RunState, task?: string) => ({
    on,
    message: 'Every task is fine.',
    run: { id: 'r1', number: 7, workflow: 'settle', project: 'shop', state },
    task,
    at: new Date('2026-11-23T02:00:00Z'),
  })
  const target = (url: string, ...on: NotifyOn[]) => ({ url, on })

  it('go to whoever asked, once', () => {
    const targets = [
      target('https://a/', 'failed'),
      target('https://b/', 'succeeded', 'failed'),
      target('https://b/', 'failed'),
      target('https://c/', 'approval'),
    ]
    expect(notificationsOf(targets, news('failed', 'failed')).map(({ url }) => url)).toEqual([
      'https://a/',
      'https://b/',
    ])
    expect(notificationsOf(targets, news('cancelled', 'cancelled'))).toEqual([])
  })
  it('of a success with failures go to both who asked for successes and for failures', () => {
    const targets = [target('https://a/', 'failed'), target('https://b/', 'succeeded')]
    expect(notificationsOf(targets, news('succeeded', 'succeeded_with_failures'))).toHaveLength(2)
    expect(notificationsOf(targets, news('succeeded', 'succeeded'))).toHaveLength(1)
  })
  it('say what happened in words that Slack shows, and where to look', () => {
    const [message] = notificationsOf(
      [target('https://a/', 'approval')],
      news('approval', 'running', 'large-amount'),
    )
    expect(message?.body).toEqual({
      text: '✋ shop/settle #7: Waits for an approval. Every task is fine.',
      event: 'approval',
      run: 'r1',
      number: 7,
      workflow: 'settle',
      project: 'shop',
      state: 'running',
      task: 'large-amount',
      message: 'Every task is fine.',
      link: '/runs/r1?task=large-amount',
      at: '2026-11-23T02:00:00.000Z',
    })
  })
})

describe('a signature', () => {
  it('is the one of the specification', () => {
    const headers = signatureHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    })
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })
  it('needs a secret that is one', () => {
    expect(isWebhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(true)
    for (const text of [
      '',
      'secret',
      'whsec_',
      'whsec_c2hvcnQ=',
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!',
      'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ])
      expect(isWebhookSecret(text)).toBe(false)
  })
})
