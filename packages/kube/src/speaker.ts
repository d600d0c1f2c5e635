import { setMaxListeners } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { FairleadError } from '@fairlead/contracts/errors'
import { dial, type Line } from './dial'
import { assertAnswered, headersOf, pathOf, readText, warningTexts } from './http-message'
import type { KubeClient, KubeRequest, KubeResponse, KubeSocket, KubeStream } from './kube-client'
import { cancelledError, networkError, timeoutError } from './kube-error'
import { dialSocket } from './socket'

const defaultMaxBytes = 32 * 1024 * 1024

interface Speaking {
  readonly server: string
  /** Default time cap of one request. */
  readonly timeoutMs: number
  readonly closed: AbortSignal
  /** Gives `use` the line, with whatever says who asks. */
  ask(use: (line: Line) => Promise<IncomingMessage>): Promise<IncomingMessage>
  /** What becomes of an API server's refusal. */
  refusal(error: FairleadError): FairleadError
}

/** The ways to speak on a line: every failure is a FairleadError, and every answer is bounded in size and time. */
export function speakerOf(speaking: Speaking): Pick<KubeClient, 'request' | 'json' | 'stream' | 'upgrade'> {
  const { server, closed, ask } = speaking
  const plain: Limits = {
    ...speaking,
    open: (wanted, signal) => ask((line) => dial(line, wanted, signal)),
  }
  const request = (wanted: KubeRequest): Promise<KubeResponse> =>
    exchange(plain, wanted, async (message) => {
      const headers = headersOf(message)
      const text = await readText(message, wanted.maxBytes ?? defaultMaxBytes)
      return { status: message.statusCode ?? 0, headers, warnings: warningTexts(headers['warning']), text }
    })
  return {
    request,
    json: async (wanted) => parseJson((await request(wanted)).text, server),
    stream: (wanted) => exchange(plain, wanted, async (message) => streamOf(message, wanted.signal, server)),
    upgrade: async (wanted, protocols) => {
      const asked: { socket: KubeSocket | null } = { socket: null }
      const open: Open = (_request, signal) =>
        ask(async ({ agent, base, headers }) => {
          const address = `${base.origin}${pathOf(base, wanted)}`
          const answer = await dialSocket({ agent, address, server, headers, protocols, signal })
          asked.socket = answer.socket
          return answer.message
        })
      await exchange({ ...speaking, open }, wanted, () => Promise.resolve())
      const { socket } = asked
      if (socket === null) throw notASocket(server)
      closed.addEventListener('abort', () => socket.close(), { once: true })
      return socket
    },
  }
}

const notASocket = (server: string): FairleadError =>
  new FairleadError(
    'cluster_unreachable',
    `The server ${server} answered, but does not speak WebSocket there`,
  )

type Open = (request: KubeRequest, signal: AbortSignal) => Promise<IncomingMessage>
type Limits = Omit<Speaking, 'ask'> & { readonly open: Open }

/** Runs `use` on the answer; the time cap ends with `use`, the caller's signal reaches as far as the connection. */
async function exchange<T>(
  limits: Limits,
  request: KubeRequest,
  use: (message: IncomingMessage) => Promise<T>,
): Promise<T> {
  const timeoutMs = request.timeoutMs ?? limits.timeoutMs
  const ended = new AbortController()
  const outer = [limits.closed, request.signal].filter((signal) => signal !== undefined)
  const stop = () => ended.abort()
  // By hand rather than AbortSignal.any, which in Node 20 keeps a reference per request on a long-lived signal.
  const forget = () => outer.forEach((signal) => signal.removeEventListener('abort', stop))
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    stop()
  }, timeoutMs)
  // Many requests share one signal, and each forgets it in the end: no leak for Node to warn of.
  outer.forEach((signal) => setMaxListeners(0, signal))
  outer.forEach((signal) => signal.addEventListener('abort', stop))
  try {
    const cancelled = outer.find((signal) => signal.aborted)
    if (cancelled !== undefined) throw cancelledError(cancelled)
    const message = await limits.open(request, ended.signal)
    message.once('close', forget)
    await assertAnswered(message, limits.server)
    return await use(message)
  } catch (error) {
    forget()
    if (error instanceof FairleadError) throw limits.refusal(error)
    const cancelled = outer.find((signal) => signal.aborted)
    if (cancelled !== undefined) throw cancelledError(cancelled)
    throw timedOut ? timeoutError(limits.server, timeoutMs) : networkError(error, limits.server)
  } finally {
    clearTimeout(timer)
  }
}

function parseJson(text: string, server: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FairleadError(
      'cluster_unreachable',
      `The server ${server} does not answer like an API server: no JSON`,
      {},
      { cause: error },
    )
  }
}

function streamOf(message: IncomingMessage, signal: AbortSignal | undefined, server: string): KubeStream {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) yield chunk
    } catch (error) {
      throw signal?.aborted === true ? cancelledError(signal) : networkError(error, server)
    }
  }
  return { headers: headersOf(message), chunks: chunks(), close: () => message.destroy() }
}
