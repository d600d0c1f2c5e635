'use client'

import { HydrationBoundary, useQueryClient, type DehydratedState } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { answerOpenQueries } from './answer-open-queries'

type HydratedProps = { state: DehydratedState; children: ReactNode }

/** Like `HydrationBoundary`, and answers in the same render what the frame around the page asks for too. */
export function Hydrated({ state, children }: HydratedProps) {
  const client = useQueryClient()
  const rest = useMemo(() => answerOpenQueries(client, state), [client, state])
  return <HydrationBoundary state={rest}>{children}</HydrationBoundary>
}
