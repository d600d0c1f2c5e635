import { shellPath } from '@fairlead/contracts/shell-wire'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void
/** Next bundles this file twice: what runs at the start, and what the container is made of. */
const store = globalThis as typeof globalThis & { fairleadUpgrade?: Upgrade }

export const answerUpgrades = (upgrade: Upgrade): void => void (store.fairleadUpgrade = upgrade)

/** Next leaves an upgrade alone that none of its routes matches: terminals come in beside it, on the same port. */
export function register(): void {
  const known = new WeakSet<Server>()
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server }
    if (known.has(server)) return
    known.add(server)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (new URL(request.url ?? '/', 'http://console').pathname !== shellPath) return
      socket.on('error', () => socket.destroy())
      if (store.fairleadUpgrade === undefined) refuseUpgrade(socket, '503 Service Unavailable')
      else store.fairleadUpgrade(request, socket, head)
    })
  })
}

export const refuseUpgrade = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
