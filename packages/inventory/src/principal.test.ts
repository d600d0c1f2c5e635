import type { ActingPerson } from '@fairlead/contracts/acting'
import { describe, expect, it } from 'vitest'
import { principalOf } from './principal'

const ada = (memberships: ActingPerson['memberships']): ActingPerson => ({
  kind: 'user',
  email: 'ada@example.org',
  memberships,
})
const shop = { id: 'one', name: 'shop' }

describe('who a person is to a cluster', () => {
  it.each<[string, ActingPerson['memberships'], readonly string[]]>([
    ['no group without a role', [], []],
    [
      'the projects that reach it, each with the roles there',
      [
        { projectId: 'one', role: 'viewer' },
        { projectId: 'one', role: 'operator' },
      ],
      ['fairlead:project:shop', 'fairlead:project:shop:operator', 'fairlead:project:shop:viewer'],
    ],
    ['nothing of a project that does not reach it', [{ projectId: 'two', role: 'operator' }], []],
    [
      'roles on the whole installation, which no project can be named like',
      [
        { projectId: null, role: 'operator' },
        { projectId: 'one', role: 'viewer' },
      ],
      ['fairlead:installation:operator', 'fairlead:project:shop', 'fairlead:project:shop:viewer'],
    ],
  ])('is %s', (_name, memberships, groups) => {
    expect(principalOf(ada(memberships), [shop, shop])).toEqual({ user: 'fairlead:ada@example.org', groups })
  })

  it('keeps a project from passing for the installation', () => {
    const sly = { id: 'one', name: 'installation' }
    const { groups } = principalOf(ada([{ projectId: 'one', role: 'administrator' }]), [sly])
    expect(groups).toEqual(['fairlead:project:installation', 'fairlead:project:installation:administrator'])
  })

  it('is nobody without an address', () => {
    expect(() => principalOf({ ...ada([]), email: null }, [])).toThrow(/no address/)
  })
})
