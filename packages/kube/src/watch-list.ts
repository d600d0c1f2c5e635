import { FairleadError } from '@fairlead/contracts/errors'
import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'
import { readPage } from './objects'
import { watchedObject, type WatchEvent } from './watch-event'
import type { WatchSession } from './watch-session'
import type { SyncSink, WatchOptions, WatchTarget } from './watch-types'

export interface ListLoop<T> {
  readonly client: KubeClient
  readonly target: WatchTarget
  readonly session: WatchSession<T>
  readonly options: WatchOptions<T>
  readonly onPoison: (message: string) => void
}

/** Reads until the bookmark that ends the initial events; `rest` is to be applied after what was listed. */
export async function collectInitial<T>(
  loop: ListLoop<T>,
  stream: AsyncGenerator<readonly WatchEvent[]>,
  sink: SyncSink<T>,
): Promise<{ version: string; rest: readonly WatchEvent[] }> {
  const size = loop.options.pageSize ?? 500
  let chunk: T[] = []
  // What is deleted while the first list is still coming arrives among it, and must not be in it in the end.
  const gone: WatchEvent[] = []
  for (;;) {
    const { value: events, done } = await stream.next()
    if (done === true)
      throw new FairleadError('cluster_unreachable', 'The first list ended before it was whole')
    for (const [index, event] of events.entries()) {
      if (event.type === 'error') throw event.error
      if (event.type === 'delete') gone.push(event)
      if (event.type === 'upsert') chunk.push(...loop.session.project(event.object))
      if (event.type === 'bookmark' && event.initialEventsEnd) {
        if (chunk.length > 0) await sink.chunk(chunk)
        return { version: event.resourceVersion, rest: [...gone, ...events.slice(index)] }
      }
      if (chunk.length < size) continue
      await sink.chunk(chunk)
      chunk = []
    }
  }
}

export async function listPages<T>(loop: ListLoop<T>, sink: SyncSink<T>): Promise<string> {
  const { client, target, options, session } = loop
  const path = resourcePath(target.apiVersion, target.plural, { namespace: target.namespace })
  const selectors = { labelSelector: target.labelSelector, fieldSelector: target.fieldSelector }
  let next = ''
  for (;;) {
    const query = { ...selectors, limit: options.pageSize ?? 500, continue: next === '' ? undefined : next }
    const page = await readPage(client, { path, query, signal: options.signal, timeoutMs: 60_000 }, target)
    session.byte()
    session.state('syncing')
    const objects = page.objects.flatMap((value) => {
      try {
        return session.project(watchedObject(value, { apiVersion: target.apiVersion, kind: target.kind }))
      } catch {
        loop.onPoison(`A ${target.kind} without a name was left out`)
        return []
      }
    })
    if (objects.length > 0) await sink.chunk(objects)
    next = page.next
    if (next === '') return page.resourceVersion
  }
}
