import net from 'node:net'

/** A way to an API server that tests can cut and restore: a restart, a lost network, without ending the server. */
export interface TcpProxy {
  readonly port: number
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>
  restore(): Promise<void>
  close(): Promise<void>
}

export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<net.Socket>()
  const keep = (socket: net.Socket): void => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const serve = (): net.Server =>
    net.createServer((incoming) => {
      const outgoing = net.connect(target.port, target.host)
      keep(incoming)
      keep(outgoing)
      incoming.on('close', () => outgoing.destroy())
      outgoing.on('close', () => incoming.destroy())
      incoming.pipe(outgoing).pipe(incoming)
    })
  const listen = (server: net.Server, port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  let server = serve()
  await listen(server, 0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const { port } = address
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  return {
    port,
    cut,
    restore: async () => {
      server = serve()
      await listen(server, port)
    },
    close: cut,
  }
}
