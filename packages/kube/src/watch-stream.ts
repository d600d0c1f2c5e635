import { FairleadError } from '@fairlead/contracts/errors'
import { resourcePath } from './discovery'
import type { KubeClient, KubeRequest } from './kube-client'
import { watchEvent, type WatchEvent } from './watch-event'
import { linesOf } from './watch-lines'
import type { WatchTarget } from './watch-types'

export interface StreamOptions {
  /** null asks for the whole collection first (WatchList). */
  readonly version: string | null
  readonly signal: AbortSignal
  /** Milliseconds without a byte; asked anew after each batch. */
  readonly stallMs: () => number
  readonly random: () => number
  readonly onOpen: () => void
  readonly onByte: () => void
  readonly onPoison: (message: string) => void
}

function requestOf(target: WatchTarget, options: StreamOptions): KubeRequest {
  const initial = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
  return {
    path: resourcePath(target.apiVersion, target.plural, { namespace: target.namespace }),
    query: {
      watch: 1,
      allowWatchBookmarks: true,
      timeoutSeconds: Math.round(300 + options.random() * 300),
      labelSelector: target.labelSelector,
      fieldSelector: target.fieldSelector,
      ...(options.version === null ? initial : { resourceVersion: options.version }),
    },
    timeoutMs: 30_000,
  }
}

/** A poisoned line is told and left out; an event that announces the end of the watch is not. */
function eventsOf(lines: readonly string[], target: WatchTarget, onPoison: (message: string) => void) {
  const events: WatchEvent[] = []
  for (const line of lines) {
    try {
      events.push(watchEvent(line, { apiVersion: target.apiVersion, kind: target.kind }))
    } catch (error) {
      if (!(error instanceof FairleadError)) throw error
      onPoison(error.message)
    }
  }
  return events
}

/** The connection is open, but nothing came: not even a bookmark. */
export class StalledError extends FairleadError {
  override readonly name = 'StalledError'
}

/** Why a connection is ended from this side: silence, or the caller and the pulse. */
function createWatchdog(client: KubeClient, options: StreamOptions) {
  const ended = new AbortController()
  const stop = () => ended.abort()
  const state = { stalledMs: 0, superseded: false, suspect: false }
  options.signal.addEventListener('abort', stop)
  // Its turn to list may come after the end.
  if (options.signal.aborted) stop()
  const silence = client.pulse.listen({
    failed: () => (state.suspect = true),
    recovered() {
      if (!state.suspect) return
      state.superseded = true
      stop()
    },
  })
  let timer: NodeJS.Timeout | undefined
  return {
    state,
    signal: ended.signal,
    arm() {
      const stallMs = options.stallMs()
      timer = setTimeout(() => {
        state.stalledMs = stallMs
        stop()
      }, stallMs)
    },
    disarm: () => clearTimeout(timer),
    end() {
      clearTimeout(timer)
      silence()
      options.signal.removeEventListener('abort', stop)
      stop()
    },
  }
}

/**
 * One watch connection, as batches of events. Ends when the API server ends it, or when the API server came back after
 * a silence in which this connection stayed silent too (it may be half open). Throws FairleadError when it breaks or
 * stalls.
 */
export async function* watchStream(
  client: KubeClient,
  target: WatchTarget,
  options: StreamOptions,
): AsyncGenerator<readonly WatchEvent[]> {
  const watchdog = createWatchdog(client, options)
  try {
    watchdog.arm()
    const stream = await client.stream({ ...requestOf(target, options), signal: watchdog.signal })
    options.onOpen()
    for await (const lines of linesOf(stream.chunks)) {
      watchdog.disarm()
      watchdog.state.suspect = false
      options.onByte()
      const events = eventsOf(lines, target, options.onPoison)
      if (events.length > 0) yield events
      // Set after the consumer is done with the batch: its own slowness is not the server's silence.
      watchdog.arm()
    }
  } catch (error) {
    const { stalledMs, superseded } = watchdog.state
    if (superseded) return
    if (stalledMs === 0) throw error
    const message = `No byte came for ${stalledMs / 1000} s; the watch is opened again`
    throw new StalledError('cluster_unreachable', message)
  } finally {
    watchdog.end()
  }
}
