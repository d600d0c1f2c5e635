import { describe, expect, it } from 'vitest'
import { awsError } from './aws/aws-error'
import { withSameAddress } from './check-eks'
import type { ClusterConnection } from './kube-client'

const known: ClusterConnection = {
  server: 'https://a.eks.amazonaws.com',
  caPem: 'CA',
  auth: { kind: 'eks', cluster: 'prod', region: 'eu-central-1', sessionName: 'fairlead-ada' },
  insecureSkipTlsVerify: false,
}
const steps = [
  { step: 'aws', passed: true, message: 'AWS account', durationMs: 1 },
  { step: 'eks', passed: true, message: 'prod is active', durationMs: 1 },
] as const

describe('an EKS cluster whose address is known', () => {
  it('is the same while EKS gives what was registered', () =>
    expect(withSameAddress({ steps, connection: known }, known)).toEqual({ steps, connection: known }))
  it.each([
    [
      'address',
      { server: 'https://b.eks.amazonaws.com' },
      'another address now: https://b.eks.amazonaws.com',
    ],
    ['authority', { caPem: 'OTHER' }, 'another certificate authority now'],
  ])('fails at its EKS step, and is not dialled, with another %s', (_what, changes, words) => {
    const located = withSameAddress({ steps, connection: { ...known, ...changes } }, known)
    expect(located.connection).toBeNull()
    expect(located.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ['aws', true],
      ['eks', false],
    ])
    expect(located.steps[1]?.message).toContain(words)
  })
})

describe('what AWS refuses is said in words', () => {
  const named = (name: string, message = '') => Object.assign(new Error(message), { name })
  it.each([
    ['AccessDenied', 'cluster_denied', 'denies it: User: arn:x is not authorized to perform: sts:AssumeRole'],
    ['AccessDeniedException', 'cluster_denied', 'denies it'],
    ['ResourceNotFoundException', 'not_found', 'knows no such cluster in this region'],
    ['InvalidClientTokenId', 'cluster_unauthorized', 'does not accept the AWS credentials'],
    ['ExpiredToken', 'cluster_unauthorized', 'have expired'],
    ['CredentialsProviderError', 'cluster_unauthorized', 'has no AWS credentials of its own'],
    ['ThrottlingException', 'rate_limited', 'asks to slow down'],
    ['TimeoutError', 'cluster_unreachable', 'did not answer in time'],
    ['SomethingNew', 'unavailable', 'failed (SomethingNew)'],
  ])('%s', (name, code, words) => {
    const error = awsError(named(name, 'User: arn:x is not authorized to perform: sts:AssumeRole'), 'AWS STS')
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
  })

  it('a closed port, by its code', () =>
    expect(awsError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'EKS').message).toBe(
      'EKS cannot be reached',
    ))
  it('in one line, however long and hostile AWS answers', () => {
    const { message } = awsError(named('AccessDenied', `a\r\n\u001b[31m${'b'.repeat(9_000)}`), 'EKS')
    expect(message).toMatch(/^[\x20-\x7e]{1,450}$/)
  })
})
