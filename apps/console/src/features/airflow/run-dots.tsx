'use client'

import type { DagRunDot } from '@fairlead/contracts/airflow'
import { AppLink } from '@fairlead/ui/app-link'
import { exactText } from '@fairlead/ui/time-text'
import { Tooltip } from '@fairlead/ui/tooltip'
import { useRouter } from 'next/navigation'
import { useState, type MouseEvent } from 'react'
import { dagHref, dagRunHref, type DagPlace } from './addresses'
import { AirflowSquare, stateWord } from './states'

type RunDotsProps = {
  place: DagPlace
  /** Newest last; null: not asked for; undefined: being asked. */
  runs: readonly DagRunDot[] | null | undefined
}

/** The newest runs, newest right: one target for every finger, and a mouse finds each run in it. */
export function RunDots({ place, runs }: RunDotsProps) {
  const router = useRouter()
  const [over, setOver] = useState<string | null>(null)
  if (runs === undefined) return <span className="text-xs text-faint">…</span>
  if (runs === null)
    return (
      <span
        className="text-xs text-faint"
        title="Not among the newest runs of this page; its own page has them."
      >
        not asked
      </span>
    )
  if (runs.length === 0) return <span className="text-xs text-faint">no run yet</span>
  const open = (event: MouseEvent) => {
    const run = runAt(event.target)
    if (run === null || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    router.push(dagRunHref({ ...place, run }))
  }
  const under = runs.find(({ run }) => run === over)
  return (
    <Tooltip content={under ? dotText(under) : dotsText(runs)} delayMs={80}>
      <AppLink
        href={dagHref(place, 'runs')}
        aria-label={dotsText(runs)}
        onClick={open}
        onMouseOver={(event: MouseEvent) => setOver(runAt(event.target))}
        className="inline-flex h-6 items-center gap-px rounded-sm align-middle"
      >
        {runs.map(({ run, state }) => (
          <span key={run} data-run={run} className="rounded-sm p-px hover:bg-line-strong">
            <AirflowSquare state={state} className="size-3.5" />
          </span>
        ))}
      </AppLink>
    </Tooltip>
  )
}

const runAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-run]')?.getAttribute('data-run') ?? null) : null

const dotText = ({ run, state, at }: DagRunDot): string =>
  [run, stateWord(state), at === null ? null : exactText(new Date(at))].filter(Boolean).join(' · ')

/** The whole strip in a sentence: how many of which, and the newest. */
function dotsText(runs: readonly DagRunDot[]): string {
  const counts = new Map<string, number>()
  for (const { state } of runs) counts.set(stateWord(state), (counts.get(stateWord(state)) ?? 0) + 1)
  const parts = [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`)
  const newest = runs.at(-1)
  return `Last ${runs.length} runs: ${parts.join(', ')}${newest ? `; the newest ${stateWord(newest.state).toLowerCase()}` : ''}`
}
