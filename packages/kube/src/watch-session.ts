import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import type { SourceState } from '@fairlead/contracts/freshness'
import type { KubeObject } from './kube-object'
import type { WatchEvent } from './watch-event'
import { StalledError } from './watch-stream'
import type { Change, SyncSink, WatchHandler, WatchOptions } from './watch-types'

/** The consumer could not store what it was given, so what it has is unknown. */
export class NotStoredError extends FairleadError {
  override readonly name = 'NotStoredError'
  constructor(cause: unknown) {
    super('unavailable', `What the cluster sent could not be stored: ${messageOf(cause)}`, {}, { cause })
  }
}

/** How a failure shows on a source: unreachable and refused are told apart, and nothing of it is green. */
export function stateOf(error: unknown, synced: boolean): [SourceState, string] {
  if (!(error instanceof FairleadError)) return ['stale', 'The watch failed; it is opened again']
  // Its own silence is not the API server's: whether that answers is the heartbeat's to say.
  if (error instanceof StalledError) return [synced ? 'stale' : 'never_synced', error.message]
  if (error.code === 'cluster_unauthorized') return ['unauthorized', error.message]
  if (error.code === 'cluster_denied') return ['forbidden', error.message]
  if (error.code === 'cluster_unreachable') return ['unreachable', error.message]
  return [synced ? 'stale' : 'never_synced', error.message]
}

/** What one watch knows and tells: the version it has reached, its last byte, its state. */
export interface WatchSession<T> {
  /** Opaque; null = a full list is needed. */
  version: string | null
  readonly synced: boolean
  byte(): void
  /** The API server answered elsewhere while this watch is open. */
  alive(at: Date): void
  state(state: SourceState, message?: string): void
  project(object: KubeObject): readonly T[]
  apply(events: readonly WatchEvent[]): Promise<void>
  replace(fill: (sink: SyncSink<T>) => Promise<string>): Promise<void>
}

const heartbeatEveryMs = 1_000

export function createSession<T>(handler: WatchHandler<T>, options: WatchOptions<T>): WatchSession<T> {
  let lastByteAt: Date | null = null
  let toldAt = 0
  let told = ''
  let synced = false
  let version: string | null = null

  const stored = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      throw new NotStoredError(error)
    }
  }
  const tell = (at: Date) => {
    lastByteAt = at
    if (at.getTime() - toldAt < heartbeatEveryMs) return
    toldAt = at.getTime()
    handler.onHeartbeat(at)
  }
  const project = (object: KubeObject): readonly T[] => {
    try {
      return [options.project(object)]
    } catch (error) {
      handler.onPoison?.(`${object.kind} ${object.metadata.name} could not be read: ${messageOf(error)}`)
      return []
    }
  }

  return {
    get version() {
      return version
    },
    set version(next) {
      version = next
    },
    get synced() {
      return synced
    },
    byte: () => tell(new Date()),
    alive: tell,
    state(state, message) {
      const key = `${state} ${message ?? ''}`
      if (key === told) return
      told = key
      handler.onState(state, message ?? null, lastByteAt)
    },
    project,
    async apply(events) {
      const changes: Change<T>[] = []
      let reached = version
      for (const event of events) {
        if (event.type === 'error') throw event.error
        if (event.type === 'bookmark')
          reached = event.resourceVersion === '' ? reached : event.resourceVersion
        else {
          for (const object of project(event.object)) changes.push({ type: event.type, object })
          reached = event.object.metadata.resourceVersion ?? reached
        }
      }
      if (changes.length > 0) await stored(async () => handler.onChanges(changes))
      version = reached
    },
    async replace(fill) {
      const sink = handler.startSync()
      const guarded = {
        chunk: (objects: readonly T[]) => stored(async () => sink.chunk(objects)),
        finish: () => stored(async () => sink.finish()),
        abandon: () => stored(async () => sink.abandon()),
      }
      try {
        const reached = await fill(guarded)
        await guarded.finish()
        version = reached
        synced = true
      } catch (error) {
        await guarded.abandon().catch(() => undefined)
        throw error
      }
    },
  }
}
