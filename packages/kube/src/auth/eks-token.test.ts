import { verifyEksToken } from '@fairlead/testkit/aws/presigned-token'
import { describe, expect, it } from 'vitest'
import { eksToken, stsHostOf } from './eks-token'

const at = new Date('2026-11-27T12:00:00Z')
const key = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const place = { region: 'eu-central-1', cluster: 'production' }
const expected = {
  ...place,
  now: at,
  secretOf: (id: string) => (id === key.accessKeyId ? key.secretAccessKey : undefined),
}
const urlOf = (token: string) =>
  new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString('utf8'))
const tokenOf = (url: URL) => `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`

describe('a token for EKS', () => {
  it('carries a signature that somebody else computes alike', async () => {
    const token = await eksToken(place, key, at)
    expect(verifyEksToken(token, expected)).toEqual({ accessKeyId: key.accessKeyId, cluster: 'production' })
    expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/)
  })

  it('does so with the session of a role, whose token has every character of base64', async () => {
    const session = { ...key, sessionToken: 'IQoJ+b3/JpZ2luX2VjE==' }
    const token = await eksToken(place, session, at)
    expect(verifyEksToken(token, expected).cluster).toBe('production')
    expect(urlOf(token).searchParams.get('X-Amz-Security-Token')).toBe(session.sessionToken)
  })

  it('holds no secret', async () => {
    const token = await eksToken(place, key, at)
    expect(urlOf(token).href).not.toContain(encodeURIComponent(key.secretAccessKey))
  })

  it.each([
    ['another cluster', { cluster: 'staging' }],
    ['another region', { region: 'eu-west-1' }],
    ['a later time', { now: new Date(at.getTime() + 15 * 60_000) }],
    ['another secret', { secretOf: () => 'other' }],
    ['an unknown key', { secretOf: () => undefined }],
  ])('is good for nothing for %s', async (_what, other) => {
    const token = await eksToken(place, key, at)
    expect(() => verifyEksToken(token, { ...expected, ...other })).toThrow('The token is refused')
  })

  it.each(['X-Amz-Expires', 'Action', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Credential'])(
    'does not survive a change of %s',
    async (name) => {
      const url = urlOf(await eksToken(place, key, at))
      url.searchParams.set(name, `${url.searchParams.get(name) ?? ''}0`)
      expect(() => verifyEksToken(tokenOf(url), expected)).toThrow('The token is refused')
    },
  )

  it.each([
    ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ])('of %s asks the STS of that region', (region, host) => expect(stsHostOf(region)).toBe(host))
})
