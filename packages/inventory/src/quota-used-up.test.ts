import { describe, expect, it } from 'vitest'
import { usedUp } from './quota-used-up'

describe('what of a quota is used up', () => {
  it.each([
    ['pods', '10', '10', true],
    ['pods', '10', '9', false],
    ['count/pods', '2', '2', true],
    ['requests.cpu', '1', '1000m', true],
    ['requests.cpu', '1', '999m', false],
    ['limits.memory', '1Gi', '1024Mi', true],
    ['requests.storage', '1Gi', '1Gi', false],
    ['services', '1', '1', false],
    ['pods', '0', '0', true],
  ])('%s of %s with %s used: %s', (resource, hard, used, full) => {
    expect(usedUp({ [resource]: hard }, { [resource]: used })).toEqual(full ? [{ resource, used, hard }] : [])
  })

  it('counts nothing as used where nothing is said of it', () => {
    expect(usedUp({ pods: '1' }, {})).toEqual([])
  })
})
