import type { SurgePlan, SurgeVerdict } from '@fairlead/contracts/surge'
import { expect, test } from 'vitest'
import { coveredChecks, surgeChecks, type SurgeSeverity } from './surge-plan'

const surge = (quota: SurgeVerdict, nodes: SurgeVerdict): SurgePlan => ({
  verdict: 'fits',
  words: '',
  workloads: [
    {
      kind: 'Deployment',
      name: 'web',
      now: 1,
      peak: 2,
      after: 1,
      words: '',
      requests: [],
      placement: { verdict: nodes, words: 'somewhere', wanted: 1, placed: 1, nodes: [], groups: [] },
    },
  ],
  quotas: [{ name: 'team', owner: 'platform', verdict: quota, words: 'pods', amounts: [] }],
  capacity: [],
  unseen: [],
  notes: [],
})
const judged = (quota: SurgeVerdict, nodes: SurgeVerdict, severity?: SurgeSeverity) =>
  surgeChecks([{ cluster: 'east', surge: surge(quota, nodes) }], severity)
const said = (checks: ReturnType<typeof judged>) =>
  checks.map(({ object, passed, severity }) => `${object} ${passed ? 'passed' : 'failed'} ${severity}`)

test.each([
  [undefined, 'error', 'warn'],
  ['warn', 'warn', 'warn'],
  ['error', 'error', 'error'],
] as const)('set to %s, a quota is %s and the nodes are %s', (severity, quota, nodes) => {
  expect(said(judged('refused', 'refused', severity))).toEqual([
    `ResourceQuota team on east failed ${quota}`,
    `Deployment web on east failed ${nodes}`,
  ])
  expect(said(judged('unknown', 'unknown', severity))).toEqual([
    'ResourceQuota team on east failed warn',
    'Deployment web on east failed warn',
  ])
})

test('a range that refuses a pod blocks as a quota does', () => {
  const range = { name: 'sizes', owner: 'platform', verdict: 'refused', words: 'too small' } as const
  const plan = { ...surge('fits', 'fits'), limitRanges: [range] }
  const said = (severity?: SurgeSeverity) =>
    surgeChecks([{ cluster: 'east', surge: plan }], severity).filter(({ passed }) => !passed)
  expect(said()).toEqual([
    {
      check: 'surge',
      object: 'LimitRange sizes on east',
      passed: false,
      severity: 'error',
      message: 'owned by platform: too small',
    },
  ])
  expect(said('warn').map(({ severity }) => severity)).toEqual(['warn'])
})

test('it can be left out', () => {
  expect(judged('refused', 'refused', 'off')).toEqual([])
})

test('an approval binds to what can block, not to where pods of the moment leave room', () => {
  expect(coveredChecks(judged('fits', 'fits'))).toEqual(coveredChecks(judged('fits', 'refused')))
  expect(coveredChecks(judged('fits', 'fits'))).not.toEqual(coveredChecks(judged('refused', 'fits')))
  expect(coveredChecks(judged('fits', 'fits', 'error'))).not.toEqual(
    coveredChecks(judged('fits', 'refused', 'error')),
  )
})
