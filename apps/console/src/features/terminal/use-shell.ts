import { shellPath, shellProtocol, ticketPrefix, type ShellEnd } from '@fairlead/contracts/shell-wire'
import { useEffect, useRef, useState } from 'react'
import type { TerminalScreen } from './terminal-screen'

export type ShellState =
  { readonly is: 'opening' } | { readonly is: 'open' } | ({ readonly is: 'ended' } & ShellEnd)

interface Line {
  send(data: Uint8Array): void
  resize(screen: TerminalScreen): void
  close(): void
}

/** One connection for one ticket, as soon as there is a screen for it. */
export function useShell(ticket: string, screen: TerminalScreen | null) {
  const [state, setState] = useState<ShellState>({ is: 'opening' })
  const line = useRef<Line | null>(null)
  useEffect(() => {
    if (screen === null) return
    const opened = openLine(ticket, screen, setState)
    line.current = opened
    return () => opened.close()
  }, [ticket, screen])
  return { state, line }
}

function openLine(ticket: string, screen: TerminalScreen, tell: (state: ShellState) => void): Line {
  const address = new URL(shellPath, window.location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address, [shellProtocol, ticketPrefix + ticket])
  socket.binaryType = 'arraybuffer'
  let end: ShellEnd = { exitCode: null, message: 'The connection to the console was lost.' }
  let over = false
  const resize = (of: TerminalScreen): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(of.size()))
  }
  socket.onopen = () => {
    tell({ is: 'open' })
    resize(screen)
    screen.focus()
  }
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data === 'string') end = JSON.parse(data) as ShellEnd
    else screen.write(new Uint8Array(data))
  }
  socket.onclose = () => {
    if (over) return
    over = true
    screen.say(end.message)
    tell({ is: 'ended', ...end })
  }
  return {
    send: (data) =>
      socket.readyState === WebSocket.OPEN ? socket.send(data as Uint8Array<ArrayBuffer>) : undefined,
    resize,
    close() {
      over = true
      socket.close()
    },
  }
}
