import { describe, expect, it } from 'vitest'
import { matchesSelector } from './label-selector'

const labels = { app: 'web', tier: 'front' }
const one = (key: string, operator: string, values: readonly string[] = []) => ({
  matchExpressions: [{ key, operator, values }],
})

describe('a label selector', () => {
  it.each([
    ['everything when empty', {}, true],
    ['equal labels', { matchLabels: { app: 'web' } }, true],
    ['no other value', { matchLabels: { app: 'api' } }, false],
    ['no absent label', { matchLabels: { absent: '' } }, false],
    ['nothing through the prototype', { matchLabels: { constructor: '' } }, false],
    ['In', one('app', 'In', ['api', 'web']), true],
    ['not In', one('app', 'In', ['api']), false],
    ['NotIn, also when absent', one('absent', 'NotIn', ['web']), true],
    ['not NotIn', one('app', 'NotIn', ['web']), false],
    ['Exists', one('app', 'Exists'), true],
    ['not Exists', one('absent', 'Exists'), false],
    ['DoesNotExist', one('absent', 'DoesNotExist'), true],
    ['not DoesNotExist', one('app', 'DoesNotExist'), false],
    ['nothing when absent', undefined, false],
    ['nothing through the prototype by Exists', one('constructor', 'Exists'), false],
    ['nothing by an operator it does not know', one('app', 'Resembles', ['web']), false],
  ])('selects %s', (_name, selector, selected) => {
    expect(matchesSelector(selector, labels)).toBe(selected)
  })
})
