import { describe, expect, it } from 'vitest'
import { accessOf, blankAccess, hintedForm, missingOf, type AccessForm } from './access-form'

const role = 'arn:aws:iam::123456789012:role/fairlead'
const eks: AccessForm = { ...blankAccess, way: 'eks', region: 'eu-central-1', cluster: 'prod' }

describe('what is sent', () => {
  it.each<[string, Partial<AccessForm>, object]>([
    ['a kubeconfig', { kubeconfig: 'x' }, { kubeconfig: 'x' }],
    [
      'a token without an authority',
      { way: 'token', server: ' https://k ', token: 't\n', kubeconfig: 'left over' },
      { token: { server: 'https://k', token: 't' } },
    ],
    ['an EKS cluster', eks, { eks: { region: 'eu-central-1', cluster: 'prod' } }],
    ['the own cluster', { way: 'inCluster' }, { inCluster: true }],
  ])('is %s alone', (_what, form, access) =>
    expect(accessOf({ ...blankAccess, ...form }, null)).toEqual(access),
  )

  it('has an access key only when that is chosen', () => {
    const key = { ...eks, accessKeyId: 'AKIA', accessKeySecret: 's' }
    expect(accessOf(key, null)).toEqual({ eks: { region: 'eu-central-1', cluster: 'prod' } })
    expect(accessOf({ ...key, signer: 'key' }, null).eks?.accessKey).toEqual({ id: 'AKIA', secret: 's' })
  })

  it('is prefilled from what a kubeconfig means', () => {
    const hint = { cluster: 'prod', region: 'eu-central-1', roleArn: role, externalId: null }
    expect(accessOf({ ...blankAccess, ...hintedForm(hint) }, null)).toEqual({
      eks: { cluster: 'prod', region: 'eu-central-1', roleArn: role },
    })
  })
})

describe('what is missing', () => {
  it.each<[Partial<AccessForm>, string | null]>([
    [{}, 'Give a kubeconfig first.'],
    [{ way: 'token' }, 'Give the address of the API server first.'],
    [{ way: 'token', server: 'https://k' }, 'Give a token first.'],
    [{ way: 'eks' }, 'Give a region first.'],
    [{ ...eks, cluster: '' }, 'Pick or name the EKS cluster first.'],
    [{ ...eks, externalId: 'x1' }, 'An external ID goes with a role: give the role first.'],
    [{ ...eks, signer: 'key' }, 'Give the access key and its secret first.'],
    [{ ...eks, signer: 'key', accessKeyId: 'AKIA' }, 'Give the secret first.'],
    [{ way: 'inCluster' }, null],
    [eks, null],
  ])('of %j is said', (form, words) => expect(missingOf({ ...blankAccess, ...form })).toBe(words))
})
