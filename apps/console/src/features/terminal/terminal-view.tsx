'use client'

import '@xterm/xterm/css/xterm.css'
import { shellLimits } from '@fairlead/contracts/shell-wire'
import { Button } from '@fairlead/ui/button'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useTheme } from 'next-themes'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { openScreen, type TerminalScreen } from './terminal-screen'
import { useShell, type ShellState } from './use-shell'

type TerminalViewProps = {
  ticket: string
  /** `web-5d8f / web` */
  place: string
  onAgain: () => void
  onClose: () => void
}

export default function TerminalView({ ticket, place, onAgain, onClose }: TerminalViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const leave = useRef<HTMLButtonElement>(null)
  const [screen, setScreen] = useState<TerminalScreen | null>(null)
  const { state, line } = useShell(ticket, screen)
  const typed = useEffectEvent((data: Uint8Array) => line.current?.send(data))
  const resized = useEffectEvent(() => (screen ? line.current?.resize(screen) : undefined))
  useEffect(() => {
    if (frame.current === null) return
    const opened = openScreen(frame.current, {
      typed: (data) => typed(data),
      resized: () => resized(),
      left: () => leave.current?.focus(),
    })
    setScreen(opened)
    return () => opened.dispose()
  }, [])
  const { resolvedTheme } = useTheme()
  useEffect(() => {
    screen?.paint()
  }, [screen, resolvedTheme])
  const ended = state.is === 'ended'
  return (
    <section aria-label={`Shell in ${place}`} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="font-mono text-xs">{place}</span>
        <span role="status" className="text-xs">
          <StateMark state={state} />
        </span>
        <span className="ml-auto flex items-center gap-2">
          <span className="text-xs text-muted">
            F6 leaves the terminal. It closes after {shellLimits.idle / 60} minutes without a key.
          </span>
          {ended ? <Button onClick={onAgain}>Open again</Button> : null}
          <Button ref={leave} onClick={onClose}>
            {ended ? 'Close' : 'Disconnect'}
          </Button>
        </span>
      </div>
      <div className="rounded-lg border border-line bg-terminal p-2">
        <div ref={frame} data-own-keys className="h-[calc(100dvh-21rem)] min-h-72 font-mono" />
      </div>
    </section>
  )
}

function StateMark({ state }: { state: ShellState }) {
  if (state.is === 'opening') return <StatusMark tone="progress" word="Connecting" />
  if (state.is === 'open') return <StatusMark tone="ok" word="Connected" />
  return <StatusMark tone={state.exitCode === 0 ? 'neutral' : 'failing'} word={state.message} />
}
