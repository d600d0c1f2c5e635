import type { SourceFreshness } from '@fairlead/contracts/cluster'
import { expect, it } from 'vitest'
import { sourceRows } from './source-rows'

const source = (
  kind: string,
  namespace: string | null,
  state: SourceFreshness['state'],
  lastSeenAt: string | null = null,
): SourceFreshness => ({ kind, namespace, state, lastSeenAt, message: null })

it('is one row for each kind of a cluster that is watched whole', () => {
  const sources = [source('Node', null, 'live'), source('Pod', null, 'stale')]
  expect(sourceRows(sources).map(({ label }) => label)).toEqual(['Node', 'Pod'])
})

it('is one row for namespaces that agree, with the oldest time of them', () => {
  const older = source('Pod', 'cart', 'live', '2026-01-01T00:00:00.000Z')
  const newer = source('Pod', 'shop', 'live', '2026-01-01T00:00:05.000Z')
  expect(sourceRows([newer, older])).toEqual([{ label: 'Pod', freshness: older }])
})

it('names the namespaces of a kind where they differ', () => {
  const sources = [source('Pod', 'cart', 'live'), source('Pod', 'shop', 'forbidden')]
  expect(sourceRows(sources).map(({ label }) => label)).toEqual(['Pod in cart', 'Pod in shop'])
})
