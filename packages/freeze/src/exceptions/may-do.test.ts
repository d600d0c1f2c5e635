import { exceptionAnswerMs } from '@fairlead/contracts/freeze-states'
import type { Role } from '@fairlead/contracts/permissions'
import { describe, expect, it } from 'vitest'
import { mayDecide, mayReview, mayWithdraw, type ExceptionFacts } from './may-do'

const start = Date.parse('2026-12-24T12:00:00Z')
const at = (minutes: number): Date => new Date(start + minutes * 60_000)
const actor = (id: string, role: Role, projectId: string | null = 'shop') =>
  ({ kind: 'user', id, name: id, email: null, memberships: [{ projectId, role }] }) as const
const asked: ExceptionFacts = {
  projectId: 'shop',
  state: 'waiting',
  createdAt: at(0),
  expiresAt: null,
  requesterId: 'ada',
  requesterName: 'Ada',
  deciderId: null,
  deciderName: null,
}
const given: ExceptionFacts = {
  ...asked,
  state: 'active',
  expiresAt: at(60),
  deciderId: 'bob',
  deciderName: 'Bob',
}
const [ada, bob, cleo] = [actor('ada', 'administrator'), actor('bob', 'approver'), actor('cleo', 'approver')]

describe('an exception', () => {
  it.each([
    ['by a second person', asked, bob, 1, true],
    ['never by who asked, whatever they may', asked, ada, 1, false],
    ['not by a deployer', asked, actor('dan', 'deployer'), 1, false],
    ['not by an approver of another project', asked, actor('eve', 'approver', 'bank'), 1, false],
    ['of a whole cluster not by an approver of one project', { ...asked, projectId: null }, bob, 1, false],
    [
      'of a whole cluster by one of the installation',
      { ...asked, projectId: null },
      actor('ops', 'approver', null),
      1,
      true,
    ],
    ['not once nobody answered in time', asked, bob, exceptionAnswerMs / 60_000, false],
    ['not twice', given, cleo, 1, false],
  ] as const)('is confirmed %s', (_, facts, who, minute, passed) => {
    const may = mayDecide(facts, who, at(minute))
    expect([may.passed, may.reason === null]).toEqual([passed, passed])
  })

  it.each([
    ['by a third person, once it has run out', given, cleo, 60, true],
    ['not while it is in force', given, cleo, 59, false],
    ['not by who asked', given, ada, 60, false],
    ['not by who confirmed', given, bob, 60, false],
    ['not by a viewer', given, actor('vic', 'viewer'), 60, false],
    ['not when it never was in force', { ...asked, state: 'refused' }, cleo, 60, false],
    ['not twice', { ...given, state: 'reviewed' }, cleo, 60, false],
  ] as const)('is reviewed %s', (_, facts, who, minute, passed) => {
    const may = mayReview(facts, who, at(minute))
    expect([may.passed, may.reason === null]).toEqual([passed, passed])
  })

  it.each([
    ['by who asked', asked, ada, 1, true],
    ['early, by either of the two', given, bob, 1, true],
    ['not by others', given, cleo, 1, false],
    ['not after its end', given, ada, 60, false],
  ] as const)('is withdrawn %s', (_, facts, who, minute, passed) => {
    expect(mayWithdraw(facts, who, at(minute)).passed).toBe(passed)
  })
})
