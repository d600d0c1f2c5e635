import { describe, expect, test } from 'vitest'
import type { ApiClient } from './api-client'
import { LiveConnection, union } from './live-connection'

type Input = { lastEventId: string | null; objects?: unknown }
type Callbacks = {
  onData: (event: { id: string; data: unknown }) => void
  onConnectionStateChange: (event: { state: string }) => void
  onError: (error: unknown) => void
}

/** The wire's end: records what was asked, and says what the test says. */
function endOfWire() {
  const opened: { input: Input; say: Callbacks; closed: boolean }[] = []
  const subscribe = (input: Input, say: Callbacks) => {
    const subscription = { input, say, closed: false }
    opened.push(subscription)
    return { unsubscribe: () => void (subscription.closed = true) }
  }
  const client = { live: { changes: { subscribe } } } as unknown as ApiClient
  return { client, opened }
}
const calm = () => new Promise((resolve) => setTimeout(resolve, 90))
const noBatch = { changes: [], reset: false, at: '' }

describe('one subscription per tab', () => {
  test('what pages declare together is one subscription, resumed where it was when they change', async () => {
    const { client, opened } = endOfWire()
    const connection = new LiveConnection(
      client,
      { onBatch: () => undefined, onFirst: () => undefined },
      'c0',
    )
    connection.start()
    connection.declare({ kinds: ['Pod'] })
    const leave = connection.declare({ kinds: ['Event'], clusters: ['a'] })
    await calm()
    expect(opened).toHaveLength(1)
    expect(opened[0]?.input).toEqual({
      lastEventId: 'c0',
      objects: { kinds: ['Event', 'Pod'], clusters: [] },
    })
    opened[0]?.say.onData({ id: 'c7', data: noBatch })
    expect(connection.state().state).toBe('live')
    leave()
    await calm()
    expect(opened[0]?.closed).toBe(true)
    expect(opened[1]?.input).toEqual({ lastEventId: 'c7', objects: { kinds: ['Pod'], clusters: [] } })
    connection.stop()
    expect(opened[1]?.closed).toBe(true)
  })

  test('without a cursor of the page, what was loaded before the connection is asked again, once', async () => {
    const { client, opened } = endOfWire()
    let firsts = 0
    const handlers = { onBatch: () => undefined, onFirst: () => void (firsts += 1) }
    const connection = new LiveConnection(client, handlers, null)
    connection.start()
    await calm()
    opened[0]?.say.onConnectionStateChange({ state: 'pending' })
    opened[0]?.say.onConnectionStateChange({ state: 'connecting' })
    expect(connection.state().state).toBe('connecting')
    opened[0]?.say.onConnectionStateChange({ state: 'pending' })
    expect(firsts).toBe(1)
    connection.stop()
  })

  test('an ended session is not tried again', async () => {
    const { client, opened } = endOfWire()
    const connection = new LiveConnection(client, { onBatch: () => undefined, onFirst: () => undefined }, 'c')
    connection.start()
    await calm()
    opened[0]?.say.onError(Object.assign(new Error('Sign in first.'), { data: { code: 'unauthenticated' } }))
    expect(connection.state().state).toBe('offline')
    connection.stop()
  })
})

test('a namespace narrows only where all agree', () => {
  const shop = { kinds: ['Pod'] as const, namespace: 'shop' }
  expect(union([shop, { kinds: ['Event'], namespace: 'shop' }])).toMatchObject({ namespace: 'shop' })
  expect(union([shop, { kinds: ['Event'] }])).not.toHaveProperty('namespace')
  expect(union([])).toBeUndefined()
})
