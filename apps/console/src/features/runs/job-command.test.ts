import { expect, test } from 'vitest'
import { jobCommand } from './job-command'

test('names context, namespace and Job, quoted where a shell would trip', () => {
  expect(jobCommand({ cluster: 'production', key: 'settle-1-abc', spec: { namespace: 'batch' } })).toBe(
    'kubectl --context production -n batch get job settle-1-abc',
  )
  expect(jobCommand({ cluster: "eu west's", key: 'k', spec: {} })).toBe(
    String.raw`kubectl --context 'eu west'\''s' get job k`,
  )
})
