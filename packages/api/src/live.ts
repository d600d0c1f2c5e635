import { FairleadError } from '@fairlead/contracts/errors'
import { liveSchema, type LiveBatch } from '@fairlead/contracts/live'
import { tracked } from '@trpc/server'
import { procedure } from './trpc'

/** One subscription per tab. Resumes from `lastEventId`; the feed starts listening before it replays. */
export const liveProcedure = procedure.input(liveSchema).subscription(async function* ({
  ctx,
  input,
  signal,
}) {
  if (ctx.call.actor.kind === 'anonymous') throw new FairleadError('unauthenticated', 'Sign in first.')
  const stop = signal ?? new AbortController().signal
  const feed = ctx.live.subscribe(ctx.call.actor, {
    cursor: input.lastEventId ?? null,
    objects: input.objects,
    signal: stop,
  })
  for await (const { cursor, batch } of feed) yield tracked<LiveBatch>(cursor, batch)
})
