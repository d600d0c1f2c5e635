'use client'

import type { RunDot } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { AppLink } from '@fairlead/ui/app-link'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { Tooltip } from '@fairlead/ui/tooltip'
import { useRouter } from 'next/navigation'
import { useState, type MouseEvent } from 'react'
import { runHref } from '@/features/runs/addresses'
import { RunSquare } from './state-square'

export const dotText = ({ number, state, nominalTime, durationMs }: RunDot): string =>
  [
    `#${number} ${runStates[state].word}`,
    exactText(new Date(nominalTime)),
    durationMs === null ? null : durationText(durationMs),
  ]
    .filter((part) => part !== null)
    .join(' · ')

type RunStripProps = {
  runs: readonly RunDot[]
  /** Where all runs stand: one target, large enough for every finger; a mouse finds each run in it. */
  href: string
  most?: number
}

/** The newest runs, newest right, told by shape and colour, and in words while the pointer is over them. */
export function RunStrip({ runs, href, most = 14 }: RunStripProps) {
  const router = useRouter()
  const [over, setOver] = useState<string | null>(null)
  const shown = runs.slice(-most)
  if (shown.length === 0) return <span className="text-xs text-faint">no run yet</span>
  const open = (event: MouseEvent) => {
    const run = runAt(event.target)
    if (run === null || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    router.push(runHref(run))
  }
  const under = shown.find(({ id }) => id === over)
  return (
    <Tooltip content={under ? dotText(under) : stripText(shown)} delayMs={80}>
      <AppLink
        href={href}
        aria-label={stripText(shown)}
        onClick={open}
        onMouseOver={(event: MouseEvent) => setOver(runAt(event.target))}
        className="inline-flex h-6 items-center gap-px rounded-sm align-middle"
      >
        {shown.map(({ id, state }) => (
          <span key={id} data-run={id} className="rounded-sm p-px hover:bg-line-strong">
            <RunSquare state={state} className="size-3.5" />
          </span>
        ))}
      </AppLink>
    </Tooltip>
  )
}

const runAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-run]')?.getAttribute('data-run') ?? null) : null

/** The whole strip in a sentence: how many of which, and the newest. */
function stripText(runs: readonly RunDot[]): string {
  const counts = new Map<string, number>()
  for (const { state } of runs)
    counts.set(runStates[state].word, (counts.get(runStates[state].word) ?? 0) + 1)
  const parts = [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`)
  const newest = runs.at(-1)
  return `Last ${runs.length} runs: ${parts.join(', ')}${newest ? `; the newest #${newest.number} ${runStates[newest.state].word.toLowerCase()}` : ''}`
}
