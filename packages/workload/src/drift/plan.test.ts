import type { DriftedObject } from '@fairlead/contracts/drift'
import { alwaysOpen } from '@fairlead/contracts/freeze-gate'
import { describe, expect, it } from 'vitest'
import { authorsOf, isPersonsTool } from './authors'
import { planDrift, type DriftSeen } from './plan'

const now = new Date('2026-11-28T03:00:00Z')
const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const author = (manager: string, fields: readonly string[] = ['spec.replicas']) => ({
  manager,
  operation: 'Update',
  at: null,
  fields,
})
const object = (more: Partial<DriftedObject> = {}): DriftedObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  change: 'changed',
  notes: [],
  diff: [],
  authors: [author('kubectl-edit')],
  restarts: 0,
  ...more,
})
const seen = (more: Partial<DriftSeen> = {}): DriftSeen => ({
  mode: 'detect',
  since: null,
  wanted: null,
  heals: [],
  objects: [object()],
  window: alwaysOpen,
  ...more,
})
const wanted = { id: '1', by: 'ada', at: now.toISOString(), reason: '', managers: ['autoscale-operator'] }

describe('what follows from a comparison', () => {
  it('is nothing where nothing differs', () => {
    const decision = planDrift(seen({ objects: [], since: before(5), mode: 'heal', wanted }), now)
    expect(decision).toMatchObject({ state: 'in_sync', since: null, putBack: null })
  })

  it('keeps the time at which it was first seen', () => {
    expect(planDrift(seen(), now)).toMatchObject({ state: 'drifted', since: now, putBack: null })
    expect(planDrift(seen({ since: before(9) }), now).since).toEqual(before(9))
  })

  it('does not take what it may not read for the same', () => {
    const unreadable = object({ change: 'unreadable', notes: ['You may not read it.'], authors: [] })
    expect(planDrift(seen({ objects: [unreadable] }), now)).toMatchObject({
      state: 'unknown',
      reason: 'You may not read it.',
    })
    expect(planDrift(seen({ objects: [unreadable, object()] }), now).state).toBe('drifted')
  })

  it('heals what is missing and what people’s tools own, and nothing else', () => {
    const missing = object({ name: 'config', kind: 'ConfigMap', change: 'missing', authors: [] })
    const removed = object({ name: 'label', authors: [author('some-operator', [])] })
    const owned = object({ name: 'api', authors: [author('kubectl-edit'), author('some-operator')] })
    const decision = planDrift(seen({ mode: 'heal', objects: [missing, removed, owned, object()] }), now)
    expect(decision.putBack?.objects.map(({ name }) => name)).toEqual(['config', 'label', 'web'])
    expect(decision.putBack).toMatchObject({ takesFrom: ['kubectl-edit'], by: 'itself' })
    expect(decision.reason).toBe('some-operator may write it again: a person has to decide.')
  })

  it('takes what a person was shown, and no more', () => {
    const owned = object({ authors: [author('autoscale-operator'), author('other-operator')] })
    const decision = planDrift(seen({ wanted, objects: [owned] }), now)
    expect(decision.putBack).toMatchObject({ by: 'person', takesFrom: ['autoscale-operator'] })
  })

  it('gives up after three times within half an hour, and begins again after it', () => {
    const often = seen({ mode: 'heal', heals: [before(29), before(20), before(1)] })
    expect(planDrift(often, now)).toMatchObject({ putBack: null, reason: expect.stringContaining('3 times') })
    expect(planDrift({ ...often, heals: [before(31), before(20), before(1)] }, now).putBack).not.toBeNull()
    expect(planDrift({ ...often, wanted }, now).putBack).toMatchObject({ by: 'person' })
  })

  it('waits for a window whoever wants it', () => {
    const closedBy = [{ window: 'year-end', mode: 'deny', reason: 'Books' }] as const
    const window = {
      open: false,
      closedBy,
      running: 'finish',
      opensAt: null,
      opensBecause: 'Never.',
    } as const
    for (const more of [{ wanted }, { mode: 'heal' as const }])
      expect(planDrift(seen({ ...more, window }), now)).toMatchObject({
        state: 'drifted',
        putBack: null,
        reason: expect.stringContaining('year-end'),
      })
  })
})

describe('who wrote it', () => {
  const live = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'config',
      managedFields: [
        { manager: 'fairlead-web', operation: 'Apply', time: '2026-11-28T02:59:00Z' },
        { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-28T02:00:00Z' },
        { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-28T02:30:00Z' },
        { manager: 'old-tool', operation: 'Update', time: '2026-11-27T02:00:00Z' },
        {
          manager: 'controller',
          operation: 'Update',
          subresource: 'status',
          time: '2026-11-28T02:58:00Z',
        },
      ],
    },
  }

  it('is whoever owns a field with another value, at its last write', () => {
    const conflicts = ['data.a', 'data.b'].map((field) => ({ field, manager: 'kubectl-edit', message: '' }))
    expect(authorsOf(live, conflicts, 'fairlead-web')).toEqual([
      {
        manager: 'kubectl-edit',
        operation: 'Update',
        at: '2026-11-28T02:30:00Z',
        fields: ['data.a', 'data.b'],
      },
    ])
  })

  it('is the last to write beside us where a field was removed, and never who wrote a status', () => {
    expect(authorsOf(live, [], 'fairlead-web')).toMatchObject([{ manager: 'kubectl-edit', fields: [] }])
    expect(authorsOf({ ...live, metadata: { name: 'config' } }, [], 'fairlead-web')).toEqual([])
  })

  it('tells people’s tools from what may be a controller', () => {
    for (const name of [
      'kubectl',
      'kubectl-edit',
      'kubectl-client-side-apply',
      'k9s',
      'Lens',
      'fairlead-hands',
    ])
      expect([name, isPersonsTool(name)]).toEqual([name, true])
    for (const name of ['kube-controller-manager', 'kubectlish', 'helm', 'argocd-controller', ''])
      expect([name, isPersonsTool(name)]).toEqual([name, false])
  })
})
