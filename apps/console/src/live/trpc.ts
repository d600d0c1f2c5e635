'use client'

import type { AppRouter } from '@fairlead/api/router'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/** `useTRPC().fleet.get.queryOptions()` goes into `useQuery`; `useTRPCClient()` calls without a cache. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export type ApiInputs = inferRouterInputs<AppRouter>
export type ApiOutputs = inferRouterOutputs<AppRouter>
