import type { LiveBatch, LiveChange } from '@fairlead/contracts/live'
import type { InputOf, OutputOf, QueryName } from '@fairlead/contracts/surface'
import type { Query, QueryClient } from '@tanstack/react-query'
import { affectedBy, concernsKey, concernsObject, type Cached } from './affected'
import { patchList, type ObjectChange } from './object-lists'

type OtherChange = Exclude<LiveChange, ObjectChange>
type Recent = Map<string, { readonly change: ObjectChange; readonly at: number }>

/** An answer that was on its way when a change came may be older than it: recent changes are laid over it. */
const rememberMs = 15_000
/** A busy cluster must not make the browser ask the same thing more often than this. */
const askAgainAfterMs = 500
const hiddenFlushMs = 1_000
const composedOfObjects: readonly QueryName[] = [
  'fleet.get',
  'workload.get',
  'cluster.get',
  'object.events',
  'object.yaml',
  'network.findings',
  'network.path',
]

/** Lays changes over the query cache, at most once per frame. Memory is bounded by the number of objects. */
export class LiveCache {
  readonly #queries: QueryClient
  readonly #objects = new Map<string, ObjectChange>()
  readonly #others = new Map<string, OtherChange>()
  readonly #recent: Recent = new Map()
  readonly #askedAt = new Map<string, number>()
  readonly #askingLater = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #unwatch: () => void
  #scheduled = false

  constructor(queries: QueryClient) {
    this.#queries = queries
    this.#unwatch = queries.getQueryCache().subscribe((event) => {
      if (event.type === 'removed') this.#askedAt.delete(event.query.queryHash)
      if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return
      if (cachedOf(event.query).name !== 'object.list') return
      const changes = [...this.#recent.values()].map(({ change }) => change)
      patchQuery(queries, event.query, changes)
    })
  }

  apply(batch: LiveBatch): void {
    if (batch.reset) void this.#queries.invalidateQueries()
    for (const change of batch.changes) {
      if (change.topic === 'object') this.#objects.set(change.uid, change)
      else this.#others.set(`${change.topic}:${change.key}`, change)
    }
    if (batch.changes.length === 0 || this.#scheduled) return
    this.#scheduled = true
    if (document.hidden) setTimeout(() => this.#flush(), hiddenFlushMs)
    else requestAnimationFrame(() => this.#flush())
  }

  stop(): void {
    this.#unwatch()
    for (const timer of this.#askingLater.values()) clearTimeout(timer)
  }

  #flush(): void {
    this.#scheduled = false
    const objects = [...this.#objects.values()]
    const others = [...this.#others.values()]
    this.#objects.clear()
    this.#others.clear()
    patchLists(this.#queries, objects)
    remember(this.#recent, objects)
    const old = this.#queries.getQueryCache().findAll({
      predicate: (query) => {
        const cached = cachedOf(query)
        return isAffected(cached, others) || isComposedOf(cached, objects)
      },
    })
    for (const query of old) this.#askAgain(query)
  }

  #askAgain(query: Query): void {
    const hash = query.queryHash
    if (this.#askingLater.has(hash)) return
    const waitMs = (this.#askedAt.get(hash) ?? 0) + askAgainAfterMs - Date.now()
    if (waitMs <= 0) {
      this.#askedAt.set(hash, Date.now())
      void this.#queries.invalidateQueries({ queryKey: query.queryKey, exact: true })
      return
    }
    const timer = setTimeout(() => {
      this.#askingLater.delete(hash)
      this.#askAgain(query)
    }, waitMs)
    this.#askingLater.set(hash, timer)
  }
}

/** The tRPC query key is `[[...path], { input, type }]`. */
export function cachedOf(query: Query): Cached {
  const [path, rest] = query.queryKey as readonly [(readonly string[])?, { input?: unknown }?]
  return {
    name: Array.isArray(path) ? path.join('.') : '',
    input: rest?.input ?? {},
    data: query.state.data,
  }
}

const isAffected = (cached: Cached, changes: readonly OtherChange[]): boolean =>
  changes.some(
    ({ topic, key }) =>
      (affectedBy[topic] as readonly string[]).includes(cached.name) && concernsKey(topic, key, cached),
  )

const isComposedOf = (cached: Cached, objects: readonly ObjectChange[]): boolean =>
  (composedOfObjects as readonly string[]).includes(cached.name) &&
  objects.some((change) => concernsObject(change, cached))

function patchLists(queries: QueryClient, changes: readonly ObjectChange[]): void {
  if (changes.length === 0) return
  const lists = queries.getQueryCache().findAll({ queryKey: [['object', 'list']] })
  for (const query of lists) patchQuery(queries, query, changes)
}

function patchQuery(queries: QueryClient, query: Query, changes: readonly ObjectChange[]): void {
  const list = query.state.data as OutputOf<'object.list'> | undefined
  if (list === undefined) return
  const patched = patchList(list, cachedOf(query).input as InputOf<'object.list'>, changes)
  // The answer's age stays: a patch of one row does not make the others newer.
  if (patched !== list)
    queries.setQueryData(query.queryKey, patched, { updatedAt: query.state.dataUpdatedAt })
}

function remember(recent: Recent, changes: readonly ObjectChange[]): void {
  const now = Date.now()
  for (const change of changes) {
    recent.delete(change.uid)
    recent.set(change.uid, { change, at: now })
  }
  for (const [uid, { at }] of recent) {
    if (now - at < rememberMs) return
    recent.delete(uid)
  }
}
