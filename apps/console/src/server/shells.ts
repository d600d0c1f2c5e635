import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '@fairlead/contracts/decision'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { sentences } from '@fairlead/contracts/sentences'
import { shellProtocol, ticketPrefix, type ShellEnd } from '@fairlead/contracts/shell-wire'
import type { Database } from '@fairlead/db/database'
import { admitTerminal, type Screen, type Terminal } from '@fairlead/hands/shell/open-terminal'
import type { Identity } from '@fairlead/identity/identity'
import type { ClusterConnections } from '@fairlead/inventory/connections'
import { WebSocket, WebSocketServer, type RawData } from 'ws'
import { z } from 'zod'
import { addressOfMessage } from './client-address'
import { log } from './log'
import { assertSameOrigin } from './same-origin'
import { refuseUpgrade } from './upgrades'

const maxInputBytes = 64 * 1024
/** Per process and person: a shell is for looking, not for keeping. */
const maxOpen = 8
const sizeSchema = z.object({
  columns: z.number().int().min(1).max(1_000),
  rows: z.number().int().min(1).max(1_000),
})

type Admitted = Awaited<ReturnType<typeof admitTerminal>>
const open = new Map<string, Set<Terminal>>()
const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: maxInputBytes,
  perMessageDeflate: false,
  handleProtocols: () => shellProtocol,
})

interface ShellParts {
  readonly db: Database
  readonly identity: Identity
  readonly connections: ClusterConnections
  readonly clock: Clock
  readonly trustedOrigins: readonly string[]
}

/** Whoever may not is refused before the upgrade; what the cluster says comes after it. */
export const shellUpgrades =
  (parts: ShellParts) =>
  (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    admit(parts, request).then(
      ({ person, admitted }) =>
        sockets.handleUpgrade(request, socket, head, (browser) => {
          serve(browser, person, admitted).catch((error: unknown) => log.error({ err: error }, 'shell'))
        }),
      (error: unknown) => {
        if (!isFairleadError(error)) log.error({ err: error }, 'shell refused')
        refuseUpgrade(socket, isFairleadError(error) ? '403 Forbidden' : '500 Internal Server Error')
      },
    )
  }

async function admit(
  parts: ShellParts,
  request: IncomingMessage,
): Promise<{ person: string; admitted: Admitted }> {
  const headers = headersOf(request)
  const { identity, db, connections, clock } = parts
  assertSameOrigin(headers, parts.trustedOrigins)
  const actor = await identity.actorOfRequest(headers)
  const offered = (headers.get('sec-websocket-protocol') ?? '').split(',').map((word) => word.trim())
  const ticket = offered.find((word) => word.startsWith(ticketPrefix))?.slice(ticketPrefix.length) ?? ''
  const deps = {
    db,
    clusters: connections,
    clock,
    refresh: identity.refresh,
    onError: (error: unknown) => log.error({ err: error }, 'shell'),
  }
  const call = { actor, via: 'browser', address: addressOfMessage(request) } as const
  return { person: actor.id, admitted: await admitTerminal(deps, ticket, call) }
}

async function serve(browser: WebSocket, person: string, admitted: Admitted): Promise<void> {
  browser.on('error', () => browser.terminate())
  const screen = screenOn(browser)
  const mine = open.get(person) ?? new Set<Terminal>()
  if (mine.size >= maxOpen)
    return screen.ended({ exitCode: null, message: `You have ${maxOpen} shells open: close one first.` })
  browser.pause()
  let terminal: Terminal
  try {
    terminal = await admitted.start(screen)
  } catch (error) {
    if (!isFairleadError(error)) log.error({ err: error }, 'shell')
    const { remedy } = isFairleadError(error) ? error.detail : { remedy: undefined }
    const said = isFairleadError(error)
      ? messageOf(error)
      : 'Something went wrong on our side; it has been logged.'
    return screen.ended({ exitCode: null, message: sentences(said, remedy) })
  }
  const gone = (): void => {
    mine.delete(terminal)
    terminal.hangUp('Closed by the browser.')
  }
  open.set(person, mine.add(terminal))
  browser.on('message', (data: RawData, binary: boolean) => hear(terminal, data, binary))
  browser.on('close', gone)
  browser.resume()
  // It may have closed while the cluster was being asked.
  if (browser.readyState !== WebSocket.OPEN) gone()
}

const screenOn = (browser: WebSocket): Screen => ({
  output: (data, done) => browser.send(data, () => done()),
  ended(end: ShellEnd) {
    browser.send(JSON.stringify(end))
    browser.close(1000)
  },
})

function hear(terminal: Terminal, data: RawData, binary: boolean): void {
  const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
  if (binary) return terminal.input(bytes)
  const size = sizeSchema.safeParse(parsed(bytes.toString('utf8')))
  if (size.success) terminal.resize(size.data)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const headersOf = ({ headers }: IncomingMessage): Headers =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
