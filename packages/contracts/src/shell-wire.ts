// Apart from shell.ts because browsers need these and must not pay for the schemas.

/**
 * The connection between a terminal in the browser and the console, a WebSocket: bytes of the terminal as binary messages
 * both ways, and as text one JSON message of each kind below.
 */
export const shellPath = '/api/shell'
export const shellProtocol = 'fairlead.shell.v1'
/** The second subprotocol that a browser offers: an address would stand in the logs of proxies. */
export const ticketPrefix = 'ticket.'

/** Seconds. */
export const shellLimits = { ticket: 30, idle: 15 * 60, total: 4 * 3_600 } as const

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}
/** From the server, once, before it closes; `exitCode` is null when the command did not end by itself. */
export interface ShellEnd {
  readonly exitCode: number | null
  readonly message: string
}
