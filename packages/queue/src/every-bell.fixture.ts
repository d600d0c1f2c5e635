import type { Reconcile } from '@fairlead/contracts/decision'
import { doorbells, type Doorbell } from '@fairlead/contracts/doorbells'
import type { Handlers } from './worker'

/** For tests of one bell: the same handler for each that an application has to answer. */
export function everyBell(application: string, reconcile: Reconcile<string>): Handlers {
  const owed = (Object.keys(doorbells) as Doorbell[]).filter(
    (name) => doorbells[name].answeredBy === application,
  )
  return Object.fromEntries(owed.map((name) => [name, reconcile]))
}
