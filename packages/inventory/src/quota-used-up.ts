import { quantity } from '@fairlead/insight/quantity'

type Pairs = Readonly<Record<string, string>>

/** Of what pods count against: a full quota of Services keeps no pod out. */
const ofPods = /^(pods|count\/pods|cpu|memory|ephemeral-storage|(requests|limits)\..+)$/

/** What of a quota is used up, so that further pods may be refused. */
export const usedUp = (hard: Pairs, used: Pairs) =>
  Object.entries(hard)
    .filter(([resource]) => ofPods.test(resource) && !resource.startsWith('requests.storage'))
    .map(([resource, most]) => ({ resource, used: used[resource] ?? '0', hard: most }))
    .filter((one) => quantity(one.used) >= quantity(one.hard))
    .sort((one, other) => one.resource.localeCompare(other.resource))
