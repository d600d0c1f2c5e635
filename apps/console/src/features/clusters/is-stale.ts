import type { Freshness } from '@fairlead/contracts/freshness'

/** What is shown of such a source may no longer be so. */
export const isStale = ({ state }: Pick<Freshness, 'state'>): boolean =>
  state !== 'live' && state !== 'syncing'
