import type { ActingView } from '@fairlead/contracts/acting'
import { expect, it } from 'vitest'
import { actingText } from './acting-text'

const you = {
  user: 'fairlead:ada@example.org',
  groups: ['fairlead:project:shop', 'fairlead:project:shop:operator'],
}
const view: ActingView = { actAs: 'person', you, works: true, missing: [], reachesMasters: true }

it('says as whom Fairlead acts, who the asker is there, and what the right reaches', () => {
  expect(actingText(view).split('\n')).toEqual([
    'acts as the person',
    'you there: fairlead:ada@example.org, in fairlead:project:shop, fairlead:project:shop:operator',
    'the cluster takes names from Fairlead',
    expect.stringContaining('system:masters'),
  ])
})

it('names what is missing, and nothing that does not hold', () => {
  const missing = ['impersonate users fairlead:ada@example.org', 'impersonate groups']
  const refused: ActingView = {
    actAs: 'fairlead',
    you: { ...you, groups: [] },
    works: false,
    missing,
    reachesMasters: false,
  }
  expect(actingText(refused).split('\n')).toEqual([
    'acts as Fairlead itself',
    'you there: fairlead:ada@example.org, in no group',
    `the cluster takes no names from Fairlead, missing: ${missing.join(', ')}`,
  ])
})
