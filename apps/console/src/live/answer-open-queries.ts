import { hydrate, type DehydratedState, type QueryClient } from '@tanstack/react-query'

/**
 * Gives the page's data to queries that something above the page has opened and that have no answer yet.
 * `HydrationBoundary` leaves whatever is in the cache to an effect: the server, which runs none, would send a skeleton,
 * and a browser whose effect came first would not find the HTML that it was sent. Returns what is left for the boundary.
 */
export function answerOpenQueries(client: QueryClient, state: DehydratedState): DehydratedState {
  const cache = client.getQueryCache()
  const isOpen = ({ queryHash }: DehydratedState['queries'][number]): boolean => {
    const query = cache.get(queryHash)
    return query !== undefined && query.state.data === undefined
  }
  const open = state.queries.filter(isOpen)
  if (open.length === 0) return state
  hydrate(client, { mutations: [], queries: open })
  return { ...state, queries: state.queries.filter((query) => !open.includes(query)) }
}
