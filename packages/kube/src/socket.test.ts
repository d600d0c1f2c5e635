import { afterEach, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { hostileServer, status, type Answer, type HostileServer } from './hostile-server'

let far: HostileServer | undefined
const serve = async (answer: Answer = () => undefined) => (far = await hostileServer(answer))
afterEach(async () => {
  await far?.close()
  far = undefined
})

async function speaking(onOpen: (socket: WebSocket) => void) {
  const hostile = await serve()
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  })
  hostile.server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, onOpen)
  })
  return hostile.client
}
const path = '/api/v1/namespaces/shop/pods/web/exec?container=web&command=sh&command=-c'

it('speaks the protocol that the server chose, and loses nothing that came before anybody listened', async () => {
  const client = await speaking((socket) => {
    socket.send('first')
    socket.on('message', (data) => {
      socket.send(data)
      socket.close()
    })
  })
  const socket = await client.upgrade({ path }, ['new', 'old'])
  expect(socket.protocol).toBe('old')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const heard: string[] = []
  const end = await new Promise((resolve) => {
    socket.listen({ message: (data) => void heard.push(data.toString()), closed: resolve })
    socket.send(Buffer.from('second'))
  })
  expect(heard).toEqual(['first', 'second'])
  expect(end).toBeNull()
})

it('tells of a connection that broke', async () => {
  const client = await speaking((socket) => void setTimeout(() => socket.terminate(), 20))
  const socket = await client.upgrade({ path }, ['v'])
  const closed = await new Promise<'closed'>((resolve) => {
    socket.listen({ message: () => undefined, closed: () => resolve('closed') })
  })
  expect(closed).toBe('closed')
})

it('ends with its client', async () => {
  const client = await speaking(() => undefined)
  const socket = await client.upgrade({ path }, ['v'])
  const closed = new Promise<'closed'>((resolve) => {
    socket.listen({ message: () => undefined, closed: () => resolve('closed') })
  })
  client.close()
  expect(await closed).toBe('closed')
})

it.each([
  [
    403,
    status(403, 'Forbidden', 'pods "web" is forbidden: cannot create resource "pods/exec"'),
    'cluster_denied',
  ],
  [401, status(401, 'Unauthorized', 'Unauthorized'), 'cluster_unauthorized'],
  [404, status(404, 'NotFound', 'pods "web" not found'), 'not_found'],
  [200, '{}', 'cluster_unreachable'],
])('a %i instead of an upgrade is the refusal that it is for every request', async (code, body, expected) => {
  const { client, requests } = await serve((_request, response) => response.writeHead(code).end(body))
  await expect(client.upgrade({ path }, ['v'])).rejects.toMatchObject({ code: expected })
  expect(requests).toEqual([path])
})

it('waits for a server that never answers as long as it was told, and gives up when cancelled', async () => {
  const { client } = await serve()
  await expect(client.upgrade({ path, timeoutMs: 100 }, ['v'])).rejects.toMatchObject({
    code: 'cluster_unreachable',
  })
  const signal = AbortSignal.timeout(50)
  await expect(client.upgrade({ path, signal }, ['v'])).rejects.toMatchObject({
    message: expect.stringMatching(/cancel/i) as string,
  })
})
