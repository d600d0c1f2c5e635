'use client'

import type { Blocker } from '@fairlead/contracts/rollout'
import { cn } from '@fairlead/ui/cn'
import { exactText, relativeText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'
import { CircleDotDashed, CircleHelp } from 'lucide-react'

/** Pods that are held by the same thing are one blocker: `web-1 on staging: …`, three times, is one line. */
function gathered(blockers: readonly Blocker[]): Blocker[] {
  const found = new Map<string, Blocker[]>()
  for (const blocker of blockers) {
    const key = `${blocker.owner} ${blocker.what.replace(/^\S+ on /, '')}`
    found.set(key, [...(found.get(key) ?? []), blocker])
  }
  return [...found.values()].flatMap(([first, ...more]) =>
    first === undefined || more.length === 0
      ? (first ?? [])
      : { ...first, what: first.what.replace(' on ', ` and ${more.length} more on `) },
  )
}

/** "Why isn't it moving?": each reason with who can remove it, and until when it stands. */
export function BlockersCard({ blockers, moving }: { blockers: readonly Blocker[]; moving: boolean }) {
  const nowMs = useNow()
  if (blockers.length === 0) return null
  return (
    <section
      aria-label={moving ? 'What it waits for' : "Why isn't it moving?"}
      className={cn(
        'rounded-lg border px-4 py-3',
        moving ? 'border-line bg-surface' : 'border-wait-solid/40 bg-wait-soft',
      )}
    >
      <h2 className={cn('flex items-center gap-2 text-sm font-semibold', !moving && 'text-wait')}>
        {moving ? (
          <CircleDotDashed aria-hidden className="size-4 text-progress" />
        ) : (
          <CircleHelp aria-hidden className="size-4" />
        )}
        {moving ? 'It moves, and waits for' : 'Why isn’t it moving?'}
      </h2>
      <ul className="mt-1.5 space-y-1">
        {gathered(blockers).map((blocker) => (
          <li
            key={`${blocker.what}${blocker.owner}`}
            className="flex flex-wrap items-baseline gap-x-3 text-sm text-fg"
          >
            <span className="min-w-0 break-words">{blocker.what}</span>
            <span className="text-xs text-muted">
              up to <span className="font-medium text-fg">{blocker.owner}</span>
            </span>
            {blocker.until ? (
              <span
                className="text-xs text-muted"
                title={exactText(new Date(blocker.until))}
                suppressHydrationWarning
              >
                until {exactText(new Date(blocker.until)).slice(11, 16)} UTC,{' '}
                {relativeText(Date.parse(blocker.until), nowMs)}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
