import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query'
import { faultOf } from './fault'

const retriedCodes = new Set(['unavailable', 'offline', 'rate_limited'])

/** Cached data shows at once; what the live connection doesn't keep current is asked again on the next visit. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 300_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && retriedCodes.has(faultOf(error).code),
      },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  })
