import net from 'node:net'

/** A way to an API server that tests can cut, clog and restore: a lost network, without ending the server. */
export interface TcpProxy {
  readonly port: number
  /** Bytes that came from the API server and went no further. */
  readonly swallowed: number
  /** Breaks every connection, and each new one at once. The port stays ours: nobody else may take it meanwhile. */
  cut(): void
  /** Every connection stays open, and whatever the API server says on it, now and later, is swallowed. */
  swallow(): void
  /** The same for the connections on which nobody asks anything more: open watches. What is asked is answered. */
  swallowWatches(): void
  /** New connections work again. What was swallowed stays lost, and its connection silent. */
  restore(): void
  close(): Promise<void>
}

export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<net.Socket>()
  /** Connections to the API server whose bytes are swallowed. */
  const silent = new Map<net.Socket, 'for good' | 'until asked'>()
  const keep = (socket: net.Socket): void => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      silent.delete(socket)
    })
  }
  const upstreams = new Set<net.Socket>()
  let isCut = false
  let swallows = false
  let swallowed = 0
  const server = net.createServer((incoming) => {
    if (isCut) return void incoming.destroy()
    const outgoing = net.connect(target.port, target.host)
    keep(incoming)
    keep(outgoing)
    upstreams.add(outgoing)
    if (swallows) silent.set(outgoing, 'for good')
    incoming.on('close', () => outgoing.destroy())
    outgoing.on('close', () => {
      upstreams.delete(outgoing)
      incoming.destroy()
    })
    incoming.on('data', (bytes) => {
      if (silent.get(outgoing) === 'until asked') silent.delete(outgoing)
      outgoing.write(bytes)
    })
    outgoing.on('data', (bytes) => {
      if (silent.has(outgoing)) swallowed += bytes.length
      else incoming.write(bytes)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    get swallowed() {
      return swallowed
    },
    cut,
    swallow: () => {
      swallows = true
      for (const socket of upstreams) silent.set(socket, 'for good')
    },
    swallowWatches: () => {
      for (const socket of upstreams) silent.set(socket, 'until asked')
    },
    restore: () => {
      isCut = false
      swallows = false
    },
    close: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
