import { afterEach, describe, expect, it } from 'vitest'
import { heartbeat } from './heartbeat'
import {
  bookmark,
  configMap,
  event,
  hostileServer,
  status,
  type Answer,
  type HostileServer,
} from './hostile-server'
import { watchKind } from './list-watch'
import { recorder } from './watch-recorder'

const target = { apiVersion: 'v1', plural: 'configmaps', kind: 'ConfigMap' }
let server: HostileServer | undefined
let stop = new AbortController()
afterEach(async () => {
  stop.abort()
  await server?.close()
})

async function start(
  answer: Answer,
  record: ReturnType<typeof recorder>,
  { stallMs = 60_000, restMs = 0 }: { stallMs?: number; restMs?: number } = {},
) {
  server = await hostileServer(answer)
  stop = new AbortController()
  const project = ({ metadata }: { metadata: { name: string } }) => {
    if (metadata.name === 'poison') throw new Error('boom')
    return metadata.name
  }
  const done = watchKind(server.client, target, record.handler, {
    signal: stop.signal,
    project,
    stallMs,
    restMs,
    random: () => 0.01,
  })
  return { server, done }
}

const until = async (met: () => boolean): Promise<void> => {
  const limit = Date.now() + 5_000
  while (!met()) {
    if (Date.now() > limit) throw new Error('Not within 5 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const initial = (url: URL) => url.searchParams.get('sendInitialEvents') === 'true'

describe('the first list by WatchList', () => {
  it('is one atomic replacement, and the same stream goes on', async () => {
    const record = recorder()
    const { server: live } = await start((_request, response) => {
      response.write(event('ADDED', configMap('a', '5')) + event('ADDED', configMap('b', '6')))
      response.write(
        bookmark('6', true) + event('MODIFIED', configMap('c', '7')) + event('DELETED', configMap('a', '8')),
      )
    }, record)
    await until(() => record.told.length === 3)
    expect(record.told).toEqual(['sync a b', 'upsert c', 'delete a'])
    expect([...record.store]).toEqual(['b', 'c'])
    expect(record.states).toEqual(['syncing', 'live'])
    expect(live.requests).toHaveLength(1)
    expect(live.requests[0]).toContain('allowWatchBookmarks=true')
  })
  it('cut off half way changes nothing', async () => {
    const record = recorder()
    let round = 0
    await start((_request, response) => {
      round += 1
      if (round === 1) response.end(event('ADDED', configMap('ghost', '5')))
      else response.write(event('ADDED', configMap('a', '6')) + bookmark('6', true))
    }, record)
    await until(() => record.told.length === 2)
    expect(record.told).toEqual(['abandon', 'sync a'])
  })
  it('refused falls back to pages, and then watches from their version', async () => {
    const record = recorder()
    const { server: live } = await start((_request, response, url) => {
      const query = url.searchParams
      if (initial(url)) response.writeHead(422).end(status(422, 'Invalid', 'sendInitialEvents is forbidden'))
      else if (query.get('watch') === '1') response.write(event('ADDED', configMap('c', '12')))
      else if (query.get('continue') === 'next')
        response.end(
          JSON.stringify({
            metadata: { resourceVersion: '11' },
            items: [{ metadata: { name: 'b', resourceVersion: '4' } }],
          }),
        )
      else
        response.end(
          JSON.stringify({
            metadata: { resourceVersion: '11', continue: 'next' },
            items: [{ metadata: { name: 'a' } }],
          }),
        )
    }, record)
    await until(() => record.told.length === 3)
    expect(record.told).toEqual(['abandon', 'sync a b', 'upsert c'])
    expect(live.requests.at(-1)).toContain('resourceVersion=11')
  })
})

describe('a watch', () => {
  const opened =
    (rest: (url: URL) => string, ends = false): Answer =>
    (_request, response, url) => {
      if (initial(url))
        response.end(
          event('ADDED', configMap('a', '5')) + event('ADDED', configMap('b', '5')) + bookmark('5', true),
        )
      else if (ends) response.end(rest(url))
      else response.write(rest(url))
    }
  it('hands over together what comes while it rests', async () => {
    const batches: number[] = []
    const record = recorder((changes) => void batches.push(changes.length))
    const many = 40
    await start(
      (_request, response) => {
        response.write(bookmark('5', true))
        let sent = 0
        const timer = setInterval(() => {
          response.write(event('ADDED', configMap(`c${sent}`, String(6 + sent))))
          if (++sent === many) clearInterval(timer)
        }, 5)
      },
      record,
      { restMs: 500 },
    )
    await until(() => record.store.size === many)
    expect(batches.reduce((all, size) => all + size, 0)).toBe(many)
    expect(batches.length).toBeLessThan(many / 2)
  })
  it('resumes from a bookmark after a clean end', async () => {
    const record = recorder()
    const { server: live } = await start(
      opened(
        ({ searchParams }) => (searchParams.get('resourceVersion') === '5' ? bookmark('900') : ''),
        true,
      ),
      record,
    )
    await until(() => live.requests.some((url) => url.includes('resourceVersion=900')))
    expect(record.told).toEqual(['sync a b'])
  })
  it('of a version that is gone lists again and so forgets what was deleted meanwhile', async () => {
    const record = recorder()
    let lists = 0
    await start((_request, response, url) => {
      if (!initial(url))
        return response.end(event('ERROR', JSON.parse(status(410, 'Expired', 'too old resource version'))))
      lists += 1
      const first = lists === 1 ? event('ADDED', configMap('a', '5')) : ''
      return lists < 3
        ? response.end(first + event('ADDED', configMap('b', '5')) + bookmark('5', true))
        : undefined
    }, record)
    await until(() => record.told.length === 2)
    expect(record.told).toEqual(['sync a b', 'sync b'])
    expect([...record.store]).toEqual(['b'])
    expect(record.states).toContain('syncing')
  })
  it('never stores an ERROR object, and backs off from it', async () => {
    const record = recorder()
    await start(
      opened(() => event('ERROR', JSON.parse(status(500, 'InternalError', 'etcdserver: timeout'))), true),
      record,
    )
    await until(() => record.states.includes('stale'))
    expect(record.told).toEqual(['sync a b'])
  })
  it('asks nothing more once it is ended, though its turn to list had not come', async () => {
    const { server: live, done } = await start((_request, response) => response.flushHeaders(), recorder())
    const { signal } = stop
    const more = [1, 2].map(() =>
      watchKind(live.client, target, recorder().handler, {
        signal,
        project: ({ metadata }) => metadata.name,
      }),
    )
    await until(() => live.requests.length === 2)
    stop.abort()
    await Promise.all([done, ...more])
    expect(live.requests).toHaveLength(2)
  })
  it('opens again after a silence', async () => {
    const record = recorder()
    const { server: live } = await start(
      opened(() => ''),
      record,
      { stallMs: 150 },
    )
    live.answer = (request, response, url) =>
      initial(url) ? opened(() => '')(request, response, url) : response.flushHeaders()
    await until(() => live.requests.length >= 3)
    expect(record.states).toContain('stale')
  })
  it('lives on after a poisoned object and a broken line', async () => {
    const record = recorder()
    await start(
      opened(
        () =>
          event('ADDED', configMap('poison', '6')) +
          'not json\n' +
          event('ADDED', { metadata: {} }) +
          event('ADDED', configMap('c', '7')),
      ),
      record,
    )
    await until(() => record.told.includes('upsert c'))
    expect(record.told.filter((line) => line.startsWith('poison'))).toHaveLength(3)
  })
  it('whose events could not be stored lists everything again', async () => {
    let failures = 1
    const record = recorder(() => {
      if (failures-- > 0) throw new Error('database is down')
    })
    await start(
      opened(() => event('ADDED', configMap('c', '6'))),
      record,
    )
    await until(() => record.told.includes('upsert c'))
    expect(record.told).toEqual(['sync a b', 'sync a b', 'upsert c'])
  })
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [503, 'unreachable'],
  ])('answered with %i is %s, never live', async (code, state) => {
    const record = recorder()
    await start((_request, response) => response.writeHead(code).end(status(code, '', '')), record)
    await until(() => record.states.includes(state))
    expect(record.states).not.toContain('live')
  })
  it('honours Retry-After', async () => {
    const record = recorder()
    const { server: live } = await start(
      (_request, response) => response.writeHead(429, { 'retry-after': '60' }).end(''),
      record,
    )
    await until(() => record.states.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(live.requests).toHaveLength(1)
  })
})

describe('the heartbeat', () => {
  it('marks a silent watch unreachable, and wakes it as soon as the server is back', async () => {
    const record = recorder()
    let up = true
    const { server: live } = await start((_request, response, url) => {
      if (!up) return void response.destroy()
      if (url.pathname === '/readyz') return void response.end('ok')
      return void (initial(url)
        ? response.write(event('ADDED', configMap('a', '5')) + bookmark('5', true))
        : response.flushHeaders())
    }, record)
    const failures: string[] = []
    void heartbeat(live.client, {
      signal: stop.signal,
      everyMs: 50,
      timeoutMs: 200,
      onFail: ({ code }) => void failures.push(code),
    })
    await until(() => record.states.at(-1) === 'live')
    up = false
    live.drop()
    await until(() => record.states.at(-1) === 'unreachable' && failures.length > 0)
    up = true
    const back = Date.now()
    await until(() => record.states.at(-1) === 'live')
    expect(Date.now() - back).toBeLessThan(2_000)
  })
  it('counts an answer that is not ready as an answer', async () => {
    server = await hostileServer((_request, response) => response.writeHead(500).end('[-]etcd failed'))
    stop = new AbortController()
    const beats: boolean[] = []
    void heartbeat(server.client, {
      signal: stop.signal,
      everyMs: 20,
      onBeat: ({ ready }) => void beats.push(ready),
    })
    await until(() => beats.length > 1)
    expect(beats[0]).toBe(false)
    expect(server.client.pulse.failing).toBe(false)
  })
})
