import type { ObjectPlan, StagePlan } from '@fairlead/contracts/rollout'
import { expect, test } from 'vitest'
import { factsOf, shownLines } from './plan-facts'

const object = (change: ObjectPlan['change'], more: Partial<ObjectPlan> = {}): ObjectPlan => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: change,
  change,
  notes: [],
  conflicts: [],
  restarts: 0,
  diff: [],
  ...more,
})
const plan = (objects: ObjectPlan[]): StagePlan => ({
  stage: 'staging',
  digest: 'd',
  computedAt: '',
  targets: [
    {
      cluster: { id: 'c', name: 'c', environment: 'staging', colour: 0 },
      namespace: 'shop',
      objects,
    },
  ],
  checks: [
    { check: 'replicas', severity: 'error', passed: false, message: '', object: '' },
    { check: 'latest-tag', severity: 'warn', passed: false, message: '', object: '' },
    { check: 'probes', severity: 'error', passed: true, message: '', object: '' },
    {
      check: 'limits',
      severity: 'error',
      passed: false,
      message: '',
      object: '',
      waiver: { by: 'ada', reason: 'a week more', until: '2026-12-01T00:00:00.000Z' },
    },
  ],
  blockers: [],
  warnings: [],
})

test('counts go over all stages and targets', () => {
  const conflict = { field: 'spec.replicas', manager: 'hpa', message: '' }
  const facts = factsOf([
    plan([object('create'), object('change', { restarts: 3, conflicts: [conflict] })]),
    plan([object('change', { restarts: 2 }), object('none')]),
  ])
  expect(facts).toMatchObject({ create: 1, change: 2, none: 1, restarts: 5, conflicts: 1 })
  expect(facts).toMatchObject({ failedChecks: 2, failedWarnings: 2 })
})

test('a skip that tells its lines keeps the line numbers, one that does not gives them up', () => {
  expect(shownLines([{ kind: 'skip', text: '12 unchanged lines' }])).toEqual([
    { kind: 'skip', text: '12 unchanged lines', lines: 12 },
  ])
  expect(shownLines([{ kind: 'skip', text: '…' }])[0]).toMatchObject({ lines: undefined })
})
