import { describe, expect, it } from 'vitest'
import type { EksAuth } from '../kube-client'
import { createEksTokens, type MintedToken } from './eks-tokens'

const minuteMs = 60_000
const production: EksAuth = {
  kind: 'eks',
  cluster: 'production',
  region: 'eu-central-1',
  sessionName: 'fairlead-ada@example.org',
}

/** A clock by hand, and each signature counted and held back until it is let go. */
function bench(random = 0) {
  const minted: { auth: EksAuth; done: (token: MintedToken) => void; fail: (error: Error) => void }[] = []
  const time = { now: 0 }
  const tokens = createEksTokens({
    mint: (auth) => new Promise((done, fail) => void minted.push({ auth, done, fail })),
    now: () => time.now,
    random: () => random,
  })
  const settle = async (index: number, endsAt: number | null = null): Promise<void> => {
    minted[index]?.done({ token: `token-${index}`, endsAt })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const first = async (): Promise<string> => {
    const asked = tokens.tokenOf(production)
    await settle(0)
    return asked
  }
  return { tokens, minted, time, settle, first }
}

describe('tokens of an EKS cluster', () => {
  it('are signed once for callers that come at the same time', async () => {
    const { tokens, minted, settle } = bench()
    const asked = Promise.all([1, 2, 3].map(() => tokens.tokenOf(production)))
    await settle(0)
    expect(await asked).toEqual(['token-0', 'token-0', 'token-0'])
    expect(minted).toHaveLength(1)
  })

  const others: readonly (readonly [string, Partial<EksAuth>])[] = [
    ['cluster', { cluster: 'staging' }],
    ['region', { region: 'eu-west-1' }],
    ['role', { roleArn: 'arn:aws:iam::123456789012:role/other' }],
    ['session', { sessionName: 'fairlead-grace' }],
    ['access key', { accessKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret: 's' } }],
  ]
  it.each(others)('are never shared with another %s', async (_what, other) => {
    const { tokens, minted, settle, first } = bench()
    await first()
    const asked = tokens.tokenOf({ ...production, ...other })
    await settle(1)
    expect(await asked).toBe('token-1')
    expect(minted).toHaveLength(2)
  })

  it('are used up to ten minutes without another question', async () => {
    const { tokens, minted, time, first } = bench()
    await first()
    time.now = 10 * minuteMs - 1
    expect(await tokens.tokenOf(production)).toBe('token-0')
    expect(minted).toHaveLength(1)
  })

  it('are renewed from ten minutes on, while the old one still serves', async () => {
    const { tokens, minted, time, settle, first } = bench()
    await first()
    time.now = 10 * minuteMs
    expect(await tokens.tokenOf(production)).toBe('token-0')
    expect(minted).toHaveLength(2)
    await settle(1)
    expect(await tokens.tokenOf(production)).toBe('token-1')
  })

  it('are renewed later by up to a minute, so that a fleet does not ask at once', async () => {
    const { tokens, minted, time, first } = bench(0.5)
    await first()
    time.now = 10 * minuteMs + 29_999
    await tokens.tokenOf(production)
    expect(minted).toHaveLength(1)
    time.now = 10 * minuteMs + 30_000
    await tokens.tokenOf(production)
    expect(minted).toHaveLength(2)
  })

  it('are never used beyond fourteen minutes', async () => {
    const { tokens, time, settle, first } = bench()
    await first()
    time.now = 14 * minuteMs
    const asked = tokens.tokenOf(production)
    await settle(1)
    expect(await asked).toBe('token-1')
  })

  it('end before the session of the role that signed them', async () => {
    const { tokens, time, settle } = bench()
    const asked = tokens.tokenOf(production)
    await settle(0, 5 * minuteMs)
    await asked
    time.now = 5 * minuteMs - 30_000
    const again = tokens.tokenOf(production)
    await settle(1)
    expect(await again).toBe('token-1')
  })

  it('outlive a renewal that failed, which is tried again half a minute later', async () => {
    const { tokens, minted, time, first } = bench()
    await first()
    time.now = 10 * minuteMs
    await tokens.tokenOf(production)
    minted[1]?.fail(new Error('AWS is silent'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(await tokens.tokenOf(production)).toBe('token-0')
    expect(minted).toHaveLength(2)
    time.now = 10 * minuteMs + 30_000
    await tokens.tokenOf(production)
    expect(minted).toHaveLength(3)
  })

  it('say what AWS said when there is none at all', async () => {
    const { tokens, minted } = bench()
    const asked = tokens.tokenOf(production)
    minted[0]?.fail(new Error('AccessDenied'))
    await expect(asked).rejects.toThrow('AccessDenied')
  })
})

describe('a 401', () => {
  it('is answered with one new token, and with none when that is refused too', async () => {
    const { tokens, minted, settle, first } = bench()
    const old = await first()
    const again = tokens.refused(production, old)
    await settle(1)
    expect(await again).toBe(true)
    expect(await tokens.tokenOf(production)).toBe('token-1')
    expect(await tokens.refused(production, 'token-1')).toBe(false)
    expect(minted).toHaveLength(2)
  })

  it('to a token that somebody else has renewed meanwhile only takes theirs', async () => {
    const { tokens, minted, settle, first } = bench()
    const old = await first()
    const both = Promise.all([tokens.refused(production, old), tokens.refused(production, old)])
    await settle(1)
    expect(await both).toEqual([true, true])
    expect(await tokens.refused(production, old)).toBe(true)
    expect(minted).toHaveLength(2)
  })

  it('is answered again once the new token had been accepted', async () => {
    const { tokens, settle, first } = bench()
    const renewed = tokens.refused(production, await first())
    await settle(1)
    await renewed
    tokens.accepted(production, 'token-1')
    const again = tokens.refused(production, 'token-1')
    await settle(2)
    expect(await again).toBe(true)
  })
})
