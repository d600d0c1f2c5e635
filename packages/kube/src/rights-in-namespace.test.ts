import { describe, expect, it } from 'vitest'
import { covers, type ResourceRule } from './rights-in-namespace'

const rule = (part: Partial<ResourceRule>): ResourceRule => ({
  verbs: ['list'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  ...part,
})
const list = { group: '', resource: 'pods', verb: 'list' }
const log = { group: '', resource: 'pods', subresource: 'log', verb: 'list' }

describe('a rule of RBAC', () => {
  it.each([
    ['the very right', rule({}), list, true],
    ['every verb', rule({ verbs: ['*'] }), list, true],
    ['every group', rule({ apiGroups: ['*'] }), list, true],
    ['every resource', rule({ resources: ['*'] }), log, true],
    ['the subresource of every resource', rule({ resources: ['*/log'] }), log, true],
    ['the subresource', rule({ resources: ['pods/log'] }), log, true],
    ['another verb', rule({ verbs: ['get'] }), list, false],
    ['another group', rule({ apiGroups: ['apps'] }), list, false],
    ['no subresource', rule({}), log, false],
    ['a subresource alone', rule({ resources: ['pods/log'] }), list, false],
    ['one object by its name', rule({ resourceNames: ['web-0'] }), list, false],
  ])('with %s', (_what, given, right, covered) => {
    expect(covers(given, right)).toBe(covered)
  })
})
