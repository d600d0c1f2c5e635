import type { ApplicationSummary, ReleaseRef, StageSummary } from '@fairlead/contracts/application'
import { expect, test } from 'vitest'
import { filterApplications } from './application-filters'

const release = (number: number): ReleaseRef => ({
  id: String(number),
  number,
  images: [`web:${number}`],
  createdAt: '',
  author: '',
  digest: '',
})
const stage = (more: Partial<StageSummary>): StageSummary => ({
  name: 'staging',
  environment: 'staging',
  verified: release(1),
  current: null,
  hold: null,
  drift: null,
  approvalRequired: false,
  lastConvergeMs: null,
  clusters: ['eu-1'],
  namespace: 'shop',
  ...more,
})
const application = (name: string, stages: StageSummary[], project = 'shop'): ApplicationSummary => ({
  id: name,
  name,
  projectId: project,
  project,
  stages,
  updatedAt: '',
})
const names = (found: readonly ApplicationSummary[]) => found.map(({ name }) => name)
const all = { text: '', project: null, standing: null }

test('applications stand by project, then by name', () => {
  const rows = [application('b', []), application('a', []), application('z', [], 'base')]
  expect(names(filterApplications(rows, all))).toEqual(['z', 'a', 'b'])
})

test('stages that differ in release are found', () => {
  const rows = [
    application('same', [stage({}), stage({ name: 'production' })]),
    application('behind', [stage({ verified: release(2) }), stage({ name: 'production' })]),
    application('half', [stage({}), stage({ name: 'production', verified: null })]),
  ]
  expect(names(filterApplications(rows, { ...all, standing: 'behind' }))).toEqual(['behind', 'half'])
})

test('an application is found by image, cluster and namespace', () => {
  const rows = [application('one', [stage({})]), application('two', [stage({ clusters: ['us-9'] })])]
  expect(names(filterApplications(rows, { ...all, text: 'US-9' }))).toEqual(['two'])
  expect(names(filterApplications(rows, { ...all, text: 'web:1' }))).toEqual(['one', 'two'])
})
