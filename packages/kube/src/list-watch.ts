import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBackoff, type Backoff } from './backoff'
import type { KubeClient } from './kube-client'
import { KubeStatusError } from './kube-error'
import type { WatchEvent } from './watch-event'
import { collectInitial, listPages, type ListLoop } from './watch-list'
import { createSession, NotStoredError, stateOf } from './watch-session'
import { StalledError, watchStream } from './watch-stream'
import type { WatchHandler, WatchOptions, WatchTarget } from './watch-types'

export type { Change, SyncSink, WatchHandler, WatchOptions, WatchTarget } from './watch-types'

/** API servers that refused WatchList, or ignored it. */
const withoutWatchList = new WeakSet<KubeClient>()
/** Between the answer to a watch and the belief that it goes on. */
const settleMs = 250
/** A server that knows WatchList starts at once; an older one ignores the parameters and then says nothing. */
const watchListSilenceMs = 20_000

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof KubeStatusError && error.status === status

/** Start again, with pages. */
class NoWatchListError extends Error {}

interface Loop<T> extends ListLoop<T> {
  readonly backoff: Backoff
  /** The version was lost, and nothing came through since: losing it again is a server's fault, not an outage's. */
  lost: boolean
  /** The cluster was found not to have this kind, and what was known of it is cleared. */
  absent: boolean
}

/** Lists, then watches, for ever. Resolves when `signal` aborts; never rejects. */
export async function watchKind<T>(
  client: KubeClient,
  target: WatchTarget,
  handler: WatchHandler<T>,
  options: WatchOptions<T>,
): Promise<void> {
  // One signal ends the watches of all kinds.
  setMaxListeners(0, options.signal)
  const session = createSession(handler, options)
  session.state('syncing')
  const onPoison = (message: string) => handler.onPoison?.(message)
  const loop: Loop<T> = {
    client,
    target,
    session,
    options,
    backoff: createBackoff(options.random),
    lost: false,
    absent: false,
    onPoison,
  }
  const silence = client.pulse.listen({
    failed: (error) => session.state(...stateOf(error, session.synced)),
  })
  try {
    while (!options.signal.aborted) await round(loop)
  } finally {
    silence()
  }
}

/** One connection from start to end, and the wait after it. */
async function round<T>(loop: Loop<T>): Promise<void> {
  const { session, backoff, options } = loop
  const startedAt = Date.now()
  try {
    if (session.version === null) await syncAndWatch(loop)
    else await watchFrom(loop, session.version)
    // A clean end is normal after minutes; a server that closes at once must not be asked in a tight circle.
    if (Date.now() - startedAt > 5_000) backoff.reset()
    else await pause(loop, backoff.next(null))
  } catch (error) {
    if (options.signal.aborted || error instanceof NoWatchListError) return
    if (options.mayBeAbsent === true && hasStatus(error, 404)) {
      await clear(loop)
    } else if (hasStatus(error, 410)) {
      session.version = null
      // It answers, so what the outage before it taught the backoff no longer holds.
      if (!loop.lost) backoff.reset()
      loop.lost = true
      session.state('syncing', 'The cluster no longer keeps the version that was reached; listing again')
    } else {
      if (error instanceof NotStoredError) session.version = null
      session.state(...stateOf(error, session.synced))
    }
    await pause(loop, backoff.next(error instanceof KubeStatusError ? error.retryAfterMs : null))
  }
}

/** Of a kind that is not there nothing can be: once, as its absence is asked about again and again. */
async function clear<T>(loop: Loop<T>): Promise<void> {
  const { session } = loop
  try {
    if (!loop.absent) await session.replace(async () => '')
    loop.absent = true
    session.state('absent')
  } catch (error) {
    session.state(...stateOf(error, session.synced))
  }
  session.version = null
}

/** A watch and whether its connection is open: only then may a heartbeat vouch for it. */
function openStream<T>(loop: Loop<T>, version: string | null) {
  const { session, options, client, target } = loop
  const connection: { open: boolean; settling?: NodeJS.Timeout } = { open: false }
  const settled = () => {
    connection.open = true
    session.state('live')
  }
  const stream = watchStream(client, target, {
    version,
    signal: options.signal,
    stallMs: () => (session.version === null ? watchListSilenceMs : (options.stallMs ?? 90_000)),
    random: options.random ?? Math.random,
    onOpen() {
      session.byte()
      if (session.version === null) session.state('syncing')
      // A version that the server no longer keeps is refused right after opening: not live until it was not.
      else connection.settling = setTimeout(settled, settleMs)
    },
    onByte: session.byte,
    onPoison: loop.onPoison,
  })
  return { stream, connection }
}
type Opened = ReturnType<typeof openStream>

async function syncAndWatch<T>(loop: Loop<T>): Promise<void> {
  const { client, session } = loop
  if (withoutWatchList.has(client)) {
    await client.listSlot(() => session.replace((sink) => listPages(loop, sink)))
    loop.absent = false
    if (session.version !== null) await watchFrom(loop, session.version)
    return
  }
  const opened = openStream(loop, null)
  let rest: readonly WatchEvent[] = []
  try {
    await client.listSlot(() =>
      session.replace(async (sink) => {
        const collected = await collectInitial(loop, opened.stream, sink)
        rest = collected.rest
        return collected.version
      }),
    )
  } catch (error) {
    await opened.stream.return(undefined)
    const refused = error instanceof KubeStatusError && [400, 422].includes(error.status)
    const ignored = error instanceof StalledError && !client.pulse.failing
    if (!refused && !ignored) throw error
    withoutWatchList.add(client)
    throw new NoWatchListError()
  }
  loop.absent = false
  opened.connection.open = true
  session.state('live')
  await watchOn(loop, opened, rest)
}

const watchFrom = <T>(loop: Loop<T>, version: string): Promise<void> =>
  watchOn(loop, openStream(loop, version))

async function watchOn<T>(
  loop: Loop<T>,
  { stream, connection }: Opened,
  rest: readonly WatchEvent[] = [],
): Promise<void> {
  const { session, client } = loop
  const silence = client.pulse.listen({
    beat(at) {
      if (!connection.open) return
      session.alive(at)
      session.state('live')
    },
  })
  try {
    await session.apply(rest)
    for await (const events of stream) {
      await session.apply(events)
      session.state('live')
      connection.open = true
      loop.backoff.reset()
      loop.lost = false
      await restAfterBatch(loop.options)
    }
  } finally {
    clearTimeout(connection.settling)
    connection.open = false
    silence()
    await stream.return(undefined)
  }
}

const restAfterBatch = async ({
  restMs = 0,
  signal,
}: Pick<WatchOptions<unknown>, 'restMs' | 'signal'>): Promise<void> => {
  if (restMs > 0) await sleep(restMs, undefined, { signal }).catch(() => undefined)
}

/** Ends early when the API server answers again after a silence, or when `signal` aborts. */
function pause<T>({ client, options, backoff }: Loop<T>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      silence()
      options.signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    const silence = client.pulse.listen({
      recovered() {
        backoff.reset()
        done()
      },
    })
    options.signal.addEventListener('abort', done)
    if (options.signal.aborted) done()
  })
}
