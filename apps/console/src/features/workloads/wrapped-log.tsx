'use client'

import { cn } from '@fairlead/ui/cn'
import { sourceLook, type LogLine } from '@fairlead/ui/log-view'
import { searchPieces } from '@fairlead/ui/log-search'
import { useEffect, useRef } from 'react'

type WrappedLogProps = {
  label: string
  lines: readonly LogLine[]
  search: string
  follow: boolean
  className?: string | undefined
}

/** Wrapped lines have no fixed height, so only the newest are drawn. */
const drawn = 2_000

export function WrappedLog({ label, lines, search, follow, className }: WrappedLogProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [follow, lines])
  return (
    <div
      ref={box}
      role="log"
      aria-label={label}
      aria-live="off"
      tabIndex={0}
      className={cn(
        'overflow-y-auto rounded-md border border-line bg-sunken py-1 font-mono text-xs leading-5',
        className,
      )}
    >
      {lines.slice(-drawn).map((line) => (
        <p
          key={line.id}
          className={cn(
            'px-3 break-all whitespace-pre-wrap [contain-intrinsic-size:auto_20px] [content-visibility:auto]',
            line.level === 'error' && 'bg-fail-soft',
            line.level === 'warn' && 'bg-progress-soft',
          )}
        >
          <span className="text-faint select-none">{line.at} </span>
          {line.source ? (
            <span className={cn('select-none', sourceLook(line.source))}>{line.source} </span>
          ) : null}
          {searchPieces(line.text, search).map((piece, index) =>
            piece.hit ? (
              <mark key={index} className="rounded-[2px] bg-progress-solid text-black">
                {piece.text}
              </mark>
            ) : (
              piece.text
            ),
          )}
        </p>
      ))}
    </div>
  )
}
