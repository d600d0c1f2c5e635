import type { AppRouter } from '@fairlead/api/router'
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { wire } from './wire'

const url = '/api/trpc'
// Inputs hold kubeconfigs and manifests: they belong in a body, never in an address that gets logged.
const methodOverride = 'POST'

/** `context: { alone: true }` keeps a slow call (logs, a connection check) out of the batch of quick ones. */
export const createApiClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: wire }),
        false: splitLink({
          condition: (op) => op.context['alone'] === true,
          true: httpLink({ url, transformer: wire, methodOverride }),
          false: httpBatchLink({ url, transformer: wire, methodOverride, maxItems: 20 }),
        }),
      }),
    ],
  })

export type ApiClient = ReturnType<typeof createApiClient>

/** Give it as `trpc: alone` in a query's options. */
export const alone = { context: { alone: true } } as const
