import type { LiveBatch } from '@fairlead/contracts/live'
import type { WatchedKind } from '@fairlead/contracts/kinds'
import type { ApiClient } from './api-client'
import { faultOf } from './fault'

/** What a page shows; without clusters it is all of them. */
export interface LiveObjects {
  readonly kinds: readonly WatchedKind[]
  readonly clusters?: readonly string[] | undefined
  readonly namespace?: string | undefined
}
export interface LiveState {
  readonly state: 'connecting' | 'live' | 'offline'
  readonly lastEventAt: string | null
}

type LiveInput = NonNullable<Parameters<ApiClient['live']['changes']['subscribe']>[0]>
type Handlers = {
  onBatch: (batch: LiveBatch) => void
  /** The connection stands for the first time: what was loaded before may have missed changes. */
  onFirst: () => void
}

/** Pages come and go within one navigation: the subscription follows once it is calm. */
const settleMs = 60
const offlineAfterMs = 10_000
const maxRetryMs = 15_000
const sayAtMostEveryMs = 1_000

/** The one subscription of this tab. Resumes where it was when what is on screen changes. */
export class LiveConnection {
  readonly #client: ApiClient
  readonly #handlers: Handlers
  readonly #declared = new Map<object, LiveObjects>()
  readonly #listeners = new Set<() => void>()
  readonly #timers = new Map<'settle' | 'retry' | 'offline', ReturnType<typeof setTimeout>>()
  #state: LiveState = { state: 'connecting', lastEventAt: null }
  #cursor: string | null
  #shown = ''
  #stopped = true
  #first: boolean
  #failures = 0
  #current: { unsubscribe: () => void } | null = null

  /** `cursor`: the change log's position when the page was rendered, if the server said it. */
  constructor(client: ApiClient, handlers: Handlers, cursor: string | null) {
    this.#client = client
    this.#handlers = handlers
    this.#cursor = cursor
    this.#first = cursor === null
  }

  start(): void {
    this.#stopped = false
    this.#lost()
    this.#after('settle', settleMs, () => this.#open())
  }

  stop(): void {
    this.#stopped = true
    this.#current?.unsubscribe()
    this.#current = null
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  declare(objects: LiveObjects): () => void {
    const token = {}
    this.#declared.set(token, objects)
    this.#follow()
    return () => {
      this.#declared.delete(token)
      this.#follow()
    }
  }

  readonly state = (): LiveState => this.#state

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #follow(): void {
    this.#after('settle', settleMs, () => {
      if (this.#wanted() !== this.#shown) this.#open()
    })
  }

  #wanted = (): string => JSON.stringify(union(this.#declared.values()) ?? null)

  #open(): void {
    if (this.#stopped) return
    this.#current?.unsubscribe()
    this.#shown = this.#wanted()
    const objects = JSON.parse(this.#shown) as LiveInput['objects'] | null
    const input = { lastEventId: this.#cursor, ...(objects ? { objects } : {}) }
    this.#current = this.#client.live.changes.subscribe(input, {
      onData: ({ id, data }) => {
        this.#cursor = id
        this.#heard()
        this.#handlers.onBatch(data)
      },
      onConnectionStateChange: ({ state }) => {
        if (state === 'connecting') this.#lost()
        if (state === 'pending') this.#connected()
      },
      onError: (error) => this.#failed(faultOf(error).code),
    })
  }

  #connected(): void {
    this.#heard()
    if (this.#first) this.#handlers.onFirst()
    this.#first = false
  }

  #heard(): void {
    clearTimeout(this.#timers.get('offline'))
    this.#timers.delete('offline')
    this.#failures = 0
    this.#say({ state: 'live', lastEventAt: new Date().toISOString() })
  }

  #lost(): void {
    if (this.#state.state === 'live') this.#say({ ...this.#state, state: 'connecting' })
    if (this.#timers.has('offline')) return
    this.#after('offline', offlineAfterMs, () => this.#say({ ...this.#state, state: 'offline' }))
  }

  #failed(code: string): void {
    this.#lost()
    if (code === 'unauthenticated') return this.#say({ ...this.#state, state: 'offline' })
    const waitMs = Math.min(maxRetryMs, 500 * 2 ** this.#failures)
    this.#failures += 1
    this.#after('retry', waitMs * (0.5 + Math.random() / 2), () => this.#open())
  }

  #say(next: LiveState): void {
    const { state, lastEventAt } = this.#state
    if (next.state === state && isSoonAfter(next.lastEventAt, lastEventAt)) return
    this.#state = next
    for (const listener of this.#listeners) listener()
  }

  #after(what: 'settle' | 'retry' | 'offline', waitMs: number, run: () => void): void {
    clearTimeout(this.#timers.get(what))
    this.#timers.set(what, setTimeout(run, waitMs))
  }
}

const isSoonAfter = (next: string | null, last: string | null): boolean =>
  next === last || (next !== null && last !== null && Date.parse(next) - Date.parse(last) < sayAtMostEveryMs)

/** Everything that is on screen, in one description that covers it. */
export function union(declared: Iterable<LiveObjects>): LiveInput['objects'] {
  const all = [...declared]
  if (all.length === 0) return undefined
  const everyCluster = all.some(({ clusters = [] }) => clusters.length === 0)
  const namespaces = new Set(all.map(({ namespace }) => namespace))
  const [namespace] = namespaces
  return {
    kinds: [...new Set(all.flatMap(({ kinds }) => kinds))].sort(),
    clusters: everyCluster ? [] : [...new Set(all.flatMap(({ clusters = [] }) => clusters))].sort(),
    ...(namespaces.size === 1 && namespace !== undefined ? { namespace } : {}),
  } as LiveInput['objects']
}
