import { watchedKindNames } from '@fairlead/contracts/kinds'
import { describe, expect, it } from 'vitest'
import { targetOf, unitWords, watchUnits } from './watch-unit'

describe('what is watched', () => {
  it('is each kind once where the whole cluster may be read', () => {
    const units = watchUnits([])
    expect(units.map(unitWords)).toEqual([...watchedKindNames])
    expect(
      units.map(targetOf).every((target) => !('namespace' in target) && !('fieldSelector' in target)),
    ).toBe(true)
  })

  it('is each kind in each namespace named, these namespaces alone, and what belongs to none', () => {
    const units = watchUnits(['cart', 'shop'])
    expect(units.filter(({ kind }) => kind === 'Pod').map(targetOf)).toEqual([
      { apiVersion: 'v1', plural: 'pods', kind: 'Pod', namespace: 'cart' },
      { apiVersion: 'v1', plural: 'pods', kind: 'Pod', namespace: 'shop' },
    ])
    expect(units.filter(({ kind }) => kind === 'Namespace').map(targetOf)).toMatchObject([
      { fieldSelector: 'metadata.name=cart' },
      { fieldSelector: 'metadata.name=shop' },
    ])
    expect(units.filter(({ kind }) => kind === 'Node').map(unitWords)).toEqual(['Node'])
    expect(new Set(units.map(unitWords)).size).toBe(units.length)
  })
})
