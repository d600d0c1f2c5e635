import { afterEach, describe, expect, it } from 'vitest'
import { bookmark, configMap, event, hostileServer, status, type HostileServer } from './hostile-server'
import { watchKind, type WatchHandler } from './list-watch'

const target = { apiVersion: 'gateway.networking.k8s.io/v1', plural: 'gateways', kind: 'Gateway' }
let server: HostileServer | undefined
const stop = new AbortController()
afterEach(async () => {
  stop.abort()
  await server?.close()
})

const until = async (what: string, met: () => boolean): Promise<void> => {
  const limit = Date.now() + 20_000
  while (!met()) {
    if (Date.now() > limit) throw new Error(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a kind that the cluster need not have', () => {
  it('is absent and empty until it is installed, and again once it is removed', async () => {
    let installed = true
    const store = new Set<string>()
    const states: string[] = []
    const handler: WatchHandler<string> = {
      startSync() {
        const next: string[] = []
        return {
          chunk: (names) => void next.push(...names),
          finish() {
            store.clear()
            for (const name of next) store.add(name)
          },
          abandon: () => undefined,
        }
      },
      onChanges: (changes) => changes.forEach(({ object }) => store.add(object)),
      onState: (state) => void states.push(state),
      onHeartbeat: () => undefined,
    }
    server = await hostileServer((_request, response) => {
      if (installed) response.write(event('ADDED', configMap('a', '5')) + bookmark('5', true))
      else response.writeHead(404).end(status(404, 'NotFound'))
    })
    void watchKind(server.client, target, handler, {
      signal: stop.signal,
      project: ({ metadata }) => metadata.name,
      mayBeAbsent: true,
      random: () => 0.01,
    })
    await until('the first list', () => store.has('a') && states.at(-1) === 'live')
    installed = false
    server.drop()
    await until('its absence', () => states.at(-1) === 'absent' && store.size === 0)
    const asked = server.requests.length
    const { requests } = server
    await until('another question', () => requests.length > asked + 1)
    expect(states.filter((state) => state === 'absent')).toHaveLength(1)
    installed = true
    await until('its return', () => states.at(-1) === 'live' && store.has('a'))
  })
})
