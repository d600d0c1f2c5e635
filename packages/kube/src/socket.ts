import type { IncomingMessage } from 'node:http'
import type { Agent } from 'node:https'
import { FairleadError } from '@fairlead/contracts/errors'
import { WebSocket, type RawData } from 'ws'
import type { Headers } from './dial'
import type { KubeSocket } from './kube-client'
import { networkError } from './kube-error'

/** Kubernetes sends at most 32 KB in one message. */
const maxMessageBytes = 1024 * 1024

interface SocketLine {
  readonly agent: Agent
  /** `https://host:port/path?query` */
  readonly address: string
  readonly server: string
  readonly headers: Headers
  readonly protocols: readonly string[]
  readonly signal: AbortSignal
}

/** The server's answer, and the connection when that answer was yes. */
export interface SocketAnswer {
  readonly message: IncomingMessage
  readonly socket: KubeSocket | null
}

/** Rejects with what the network said; any answer in HTTP resolves, a refusal too. */
export function dialSocket(line: SocketLine): Promise<SocketAnswer> {
  const { agent, address, headers, protocols, signal } = line
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace(/^https:/, 'wss:'), [...protocols], {
      agent,
      headers,
      perMessageDeflate: false,
      maxPayload: maxMessageBytes,
      followRedirects: false,
    })
    const stop = (): void => socket.terminate()
    signal.addEventListener('abort', stop, { once: true })
    let answer: IncomingMessage | undefined
    socket.on('upgrade', (message) => (answer = message))
    socket.on('unexpected-response', (_request, message) => {
      signal.removeEventListener('abort', stop)
      resolve({ message, socket: null })
    })
    socket.on('error', reject)
    socket.on('open', () => {
      signal.removeEventListener('abort', stop)
      socket.pause()
      if (answer !== undefined) resolve({ message: answer, socket: speaking(socket, line.server) })
    })
  })
}

function speaking(socket: WebSocket, server: string): KubeSocket {
  let failure: FairleadError | null = null
  socket.on('error', (error) => (failure ??= networkError(error, server)))
  return {
    protocol: socket.protocol,
    listen({ message, closed }) {
      socket.on('message', (data) => message(bytesOf(data)))
      if (socket.readyState === WebSocket.CLOSED) return closed(failure)
      socket.on('close', () => closed(failure))
      socket.resume()
    },
    send(data) {
      if (socket.readyState === WebSocket.OPEN) socket.send(data)
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.terminate(),
  }
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
