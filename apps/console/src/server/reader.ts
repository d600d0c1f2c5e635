import 'server-only'
import { appRouter } from '@fairlead/api/router'
import { anonymous, type Actor } from '@fairlead/kernel/context'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { InputOf, OutputOf, QueryName } from '@fairlead/contracts/surface'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { createQueryClient } from '@/live/query-client'
import { container } from './container'
import { contextOf } from './request'

/** Who asks for this page, looked up once per request. */
export const currentActor = cache(async (): Promise<Actor> => {
  try {
    return await container().identity.actorOfRequest(await headers())
  } catch (error) {
    if (isFairleadError(error)) return anonymous
    throw error
  }
})

/** For pages behind the door: whoever isn't signed in signs in first and comes back. */
export async function signedInActor(): Promise<Actor> {
  const actor = await currentActor()
  if (actor.kind !== 'anonymous') return actor
  const path = (await headers()).get('x-fairlead-path') ?? '/'
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
}

const apiContext = cache(async () =>
  contextOf(container(), await headers(), { actor: await signedInActor(), cookies: [] }),
)

/** One answer of the surface for this page's reader. */
export async function ask<K extends QueryName>(name: K, input: InputOf<K>): Promise<OutputOf<K>> {
  const { entries, services, call } = await apiContext()
  return entries[name].invoke(services, call, input) as Promise<OutputOf<K>>
}

export const queryClient = cache(createQueryClient)

/** The same options as `useTRPC()` gives in the browser, answered here: `prefetch(api.fleet.get.queryOptions({}))`. */
export const api = createTRPCOptionsProxy({ ctx: apiContext, router: appRouter, queryClient })
