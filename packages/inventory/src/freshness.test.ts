import { sourceStates, type SourceState } from '@fairlead/contracts/freshness'
import type { WatchedKind } from '@fairlead/contracts/kinds'
import { describe, expect, it } from 'vitest'
import { clusterStateOf, type SourceStanding } from './cluster-state'
import { freshnessOf } from './freshness'

const now = new Date('2026-01-01T12:00:00Z')
const ago = (ms: number): Date => new Date(now.getTime() - ms)
const states = Object.keys(sourceStates) as SourceState[]

describe('freshness', () => {
  it('is live only within eight seconds of the last byte', () => {
    const at = (ms: number) => freshnessOf({ state: 'live', message: null, lastSeenAt: ago(ms) }, now).state
    expect([at(0), at(8_000), at(8_001), at(3_600_000)]).toEqual(['live', 'live', 'stale', 'stale'])
  })

  it.each(states)('of a row that says %s is never green without a recent byte', (state) => {
    for (const lastSeenAt of [null, ago(60_000)])
      expect(sourceStates[freshnessOf({ state, message: null, lastSeenAt }, now).state].tone).not.toBe('ok')
  })

  it('of a word that nobody knows is unknown', () => {
    expect(freshnessOf({ state: 'great', message: null, lastSeenAt: now }, now).state).toBe('never_synced')
  })

  it('keeps the reason of an unreachable cluster and when it was last seen', () => {
    expect(freshnessOf({ state: 'unreachable', message: 'refused', lastSeenAt: ago(60_000) }, now)).toEqual({
      state: 'unreachable',
      message: 'refused',
      lastSeenAt: '2026-01-01T11:59:00.000Z',
    })
  })
})

describe('the state of a cluster', () => {
  const source = (state: SourceState, synced = true, kind: WatchedKind = 'Pod'): SourceStanding => ({
    unit: { kind, namespace: null },
    state,
    message: null,
    synced,
  })
  const of = (...sources: SourceStanding[]) => sources
  const ok = { ok: true } as const

  it('is live when its heart beats and every source is whole', () => {
    expect(clusterStateOf(ok, of(source('live'), source('live'))).state).toBe('live')
  })
  it('is unreachable as soon as its heart stops, whatever the sources say', () => {
    const pulse = { ok: false, code: 'cluster_unreachable', message: 'refused' } as const
    expect(clusterStateOf(pulse, of(source('live')))).toEqual({ state: 'unreachable', message: 'refused' })
  })
  it('says that the credential is refused', () => {
    const pulse = { ok: false, code: 'cluster_unauthorized', message: '401' } as const
    expect(clusterStateOf(pulse, of(source('live'))).state).toBe('unauthorized')
  })
  it('is syncing until each source was whole once', () => {
    expect(clusterStateOf(ok, of(source('live'), source('syncing', false))).state).toBe('syncing')
    expect(clusterStateOf(null, of(source('live'))).state).toBe('syncing')
  })
  it('lives on with a kind that may not be read, and names it', () => {
    expect(clusterStateOf(ok, of(source('live'), source('forbidden', false, 'Node')))).toEqual({
      state: 'live',
      message: 'May not read Node',
    })
  })
  it('is as live without kinds that nobody has to have, or to permit', () => {
    const sources = [source('live'), source('absent', true, 'Gateway'), source('forbidden', false, 'Secret')]
    expect(clusterStateOf(ok, sources)).toEqual({ state: 'live', message: null })
  })
  it('is stale when one source no longer follows', () => {
    expect(clusterStateOf(ok, of(source('live'), source('stale'))).state).toBe('stale')
  })
})
