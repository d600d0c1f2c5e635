import 'server-only'
import { wireError, type ApiContext } from '@fairlead/api/trpc'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { Identified } from '@fairlead/identity/identity'
import { addressOf } from './client-address'
import type { Container } from './container'
import { speaksByToken } from './same-origin'

/** What each procedure of this request gets. */
export function contextOf(container: Container, headers: Headers, { actor }: Identified): ApiContext {
  const { services, entries, live } = container
  return {
    call: { actor, via: speaksByToken(headers) ? 'cli' : 'browser', address: addressOf(headers) },
    services,
    entries,
    live,
    clock: services.clock,
  }
}

/** An error of ours that happened before any procedure ran, as the wire knows it. */
export const onTheWire = (error: unknown): unknown => (isFairleadError(error) ? wireError(error) : error)
