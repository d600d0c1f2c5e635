import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

export interface FlakyWay {
  readonly url: string
  /** From here on nobody comes through, nor those who are on the way. */
  cut(): void
  mend(): Promise<void>
  close(): void
}

/** The way to a server, which can be cut: to who comes by it the server is away, and its work goes on. */
export async function flakyWay(to: string): Promise<FlakyWay> {
  const target = new URL(to)
  const open = new Set<Socket>()
  const accept = (socket: Socket): void => {
    const onward = net.connect(Number(target.port), target.hostname)
    for (const end of [socket, onward]) {
      open.add(end)
      end.on('error', () => end.destroy())
      end.on('close', () => open.delete(end))
    }
    socket.pipe(onward).pipe(socket)
  }
  const listen = async (port: number) => {
    const server = net.createServer(accept).listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  let server = await listen(0)
  const { port } = server.address() as AddressInfo
  const cut = (): void => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: async () => {
      server = await listen(port)
    },
    close: cut,
  }
}
