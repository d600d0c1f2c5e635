import 'server-only'
import { anonymous } from '@fairlead/kernel/context'
import { headers } from 'next/headers'
import { addressOf } from './client-address'
import { container } from './container'

/** For whom a link is, asked without being anybody. */
export async function showInvitation(secret: string) {
  const { entries, services } = container()
  const call = { actor: anonymous, via: 'browser', address: addressOf(await headers()) } as const
  return entries['invitation.show'].invoke(services, call, { secret })
}
