import type { RunDot, WorkflowSummary } from '@fairlead/contracts/workflow'
import { expect, test } from 'vitest'
import { filterWorkflows, successRate } from './workflow-filters'

const dot = (state: RunDot['state']): RunDot => ({
  id: state,
  number: 1,
  state,
  nominalTime: '2026-11-23T00:00:00Z',
  durationMs: null,
})
const workflow = (name: string, part: Partial<WorkflowSummary> = {}): WorkflowSummary => ({
  id: name,
  project: 'shop',
  projectId: 'p',
  name,
  description: '',
  version: 1,
  paused: false,
  schedule: null,
  nextAt: null,
  lastRuns: [],
  activeRuns: 0,
  tasks: 3,
  clusters: [],
  ...part,
})
const names = (found: readonly WorkflowSummary[]) => found.map(({ name }) => name)
const none = { text: '', project: null, standing: null }

test('text finds names, descriptions and clusters, whatever the case', () => {
  const all = [
    workflow('settle', { description: 'Night closing' }),
    workflow('import', { clusters: ['eu-1'] }),
  ]
  expect(names(filterWorkflows(all, { ...none, text: 'NIGHT' }))).toEqual(['settle'])
  expect(names(filterWorkflows(all, { ...none, text: 'eu-1' }))).toEqual(['import'])
})

test('what failed last is found, even while a new run is on its way', () => {
  const all = [
    workflow('bad', { lastRuns: [dot('succeeded'), dot('failed'), dot('running')] }),
    workflow('good', { lastRuns: [dot('failed'), dot('succeeded')] }),
  ]
  expect(names(filterWorkflows(all, { ...none, standing: 'failing' }))).toEqual(['bad'])
})

test('the rate leaves out what is still on its way or was cancelled', () => {
  expect(successRate([dot('succeeded'), dot('failed'), dot('cancelled'), dot('running')])).toEqual({
    good: 1,
    of: 2,
  })
  expect(successRate([dot('running')])).toBeNull()
})
