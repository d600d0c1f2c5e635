import { expect, it } from 'vitest'
import { ofCluster } from './of-cluster'

it.each([
  ['No progress for 2m.', 'staging: No progress for 2m.'],
  ['staging: No progress for 2m.', 'staging: No progress for 2m.'],
  ['staging refused a part of the release: denied', 'staging refused a part of the release: denied'],
  ['staging-eu does not answer.', 'staging: staging-eu does not answer.'],
  ['Deployment web on staging is late.', 'staging: Deployment web on staging is late.'],
])('%s', (message, said) => {
  expect(ofCluster('staging', message)).toBe(said)
})
