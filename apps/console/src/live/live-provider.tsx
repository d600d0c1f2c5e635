'use client'

/**
 * What keeps the screens current: one subscription per tab whose changes are laid over the query cache.
 * api-client.ts (links) → live-connection.ts (the subscription) → live-cache.ts (at most once per frame)
 * → object-lists.ts (rows patched) and affected.ts (answers asked again).
 */
import type { LiveBatch } from '@fairlead/contracts/live'
import { QueryClientProvider, type Query } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { createApiClient } from './api-client'
import { cachedOf, LiveCache } from './live-cache'
import { LiveConnection, type LiveObjects, type LiveState } from './live-connection'
import { createQueryClient } from './query-client'
import { TRPCProvider } from './trpc'

const LiveContext = createContext<LiveConnection | null>(null)

type LiveProviderProps = {
  children: ReactNode
  /** Where the change log stood before the page's data was read: nothing after it can be missed. */
  cursor?: string | null | undefined
}

export function LiveProvider({ children, cursor = null }: LiveProviderProps) {
  const [{ queries, client, start, connection }] = useState(() => createLive(cursor))
  useEffect(() => start(), [start])
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        <LiveContext value={connection}>{children}</LiveContext>
      </TRPCProvider>
    </QueryClientProvider>
  )
}

function createLive(cursor: string | null) {
  const queries = createQueryClient()
  const client = createApiClient()
  let cache: LiveCache | null = null
  const handlers = {
    onBatch: (batch: LiveBatch) => cache?.apply(batch),
    onFirst: () => {
      const standsSince = Date.now()
      const isOlder = (query: Query) => query.state.dataUpdatedAt < standsSince && cachedOf(query).name !== ''
      void queries.invalidateQueries({ predicate: isOlder }, { cancelRefetch: false })
    },
  }
  const connection = new LiveConnection(client, handlers, cursor)
  const start = () => {
    cache = new LiveCache(queries)
    connection.start()
    return () => {
      connection.stop()
      cache?.stop()
    }
  }
  return { queries, client, connection, start }
}

const connecting: LiveState = { state: 'connecting', lastEventAt: null }
const never = () => () => undefined

/** Whether this tab hears changes, and when it last did (at most one update a second). */
export function useLive(): LiveState {
  const connection = useContext(LiveContext)
  return useSyncExternalStore(
    connection?.onState ?? never,
    connection?.state ?? (() => connecting),
    () => connecting,
  )
}

/** Declares which objects this page shows, so that the subscription brings exactly those. */
export function useLiveObjects({ kinds, clusters, namespace }: LiveObjects): void {
  const connection = useContext(LiveContext)
  const said = JSON.stringify({ kinds, clusters, namespace })
  useEffect(() => connection?.declare(JSON.parse(said) as LiveObjects), [connection, said])
}
