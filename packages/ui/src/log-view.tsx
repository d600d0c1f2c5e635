'use client'

import { ArrowDownToLine } from 'lucide-react'
import { memo, useLayoutEffect, useRef, type KeyboardEvent, type WheelEvent } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { searchPieces } from './log-search'
import { useRowWindow } from './use-row-window'

export type LogLine = {
  id: string | number
  text: string
  /** Pod or pod/container; gives the line its colour. */
  source?: string | undefined
  at?: string | undefined
  level?: 'error' | 'warn' | undefined
}

export type LogViewProps = {
  label: string
  lines: readonly LogLine[]
  search?: string | undefined
  /** Stays at the newest line; scrolling up asks to stop, the button to go on. */
  follow: boolean
  onFollowChange: (follow: boolean) => void
  showTime?: boolean | undefined
  /** Instead of lines, e.g. "No line yet: the container has not started." */
  empty?: string | undefined
  className?: string | undefined
}

const lineHeight = 20
const sourceLooks = ['text-accent-text', 'text-ok', 'text-wait', 'text-progress', 'text-fail', 'text-muted']

export function LogView(props: LogViewProps) {
  const {
    label,
    lines,
    search = '',
    follow,
    onFollowChange,
    showTime,
    empty = 'No line yet.',
    className,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { items, before, after } = useRowWindow({ count: lines.length, rowHeight: lineHeight, scroller })
  const held = useRef(false)
  useLayoutEffect(() => {
    if (follow && !held.current) toEnd(scroller.current)
  }, [follow, lines, after])
  const released = () => {
    held.current = false
    onFollowChange(isAtEnd(scroller.current))
  }
  const wheeled = (event: WheelEvent) => {
    if (follow && event.deltaY < 0) onFollowChange(false)
    else if (!follow && event.deltaY > 0 && isAtEnd(scroller.current)) onFollowChange(true)
  }
  const keyed = (event: KeyboardEvent) => {
    if (follow && ['ArrowUp', 'PageUp', 'Home'].includes(event.key)) onFollowChange(false)
  }
  return (
    <div className={cn('relative h-96 min-w-0', className)}>
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        onWheel={wheeled}
        onKeyDown={keyed}
        onPointerDown={() => {
          held.current = true
        }}
        onPointerUp={released}
        onPointerCancel={released}
        className="h-full overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-xs leading-5"
      >
        {lines.length === 0 ? <p className="px-3 py-1 font-sans text-muted">{empty}</p> : null}
        <div className="inline-block min-w-full align-top">
          <svg aria-hidden width="1" height={before} className="block" />
          {items.map((index) => {
            const line = lines[index]
            return line ? (
              <LogRow key={line.id} line={line} search={search} showTime={showTime === true} />
            ) : null
          })}
          <svg aria-hidden width="1" height={after} className="block" />
        </div>
      </div>
      {follow ? null : (
        <Button
          size="sm"
          icon={<ArrowDownToLine aria-hidden />}
          className="absolute right-4 bottom-3 shadow-float"
          onClick={() => onFollowChange(true)}
        >
          Follow
        </Button>
      )}
    </div>
  )
}

const toEnd = (box: HTMLElement | null) => {
  if (box) box.scrollTop = box.scrollHeight
}

const isAtEnd = (box: HTMLElement | null) =>
  box !== null && box.scrollHeight - box.scrollTop - box.clientHeight < lineHeight * 2

type LogRowProps = { line: LogLine; search: string; showTime: boolean }

const LogRow = memo(function LogRow({ line, search, showTime }: LogRowProps) {
  return (
    <div
      className={cn(
        'flex h-5 gap-3 px-3 whitespace-pre hover:bg-hover',
        line.level === 'error' && 'bg-fail-soft',
        line.level === 'warn' && 'bg-progress-soft',
      )}
    >
      {showTime && line.at ? <span className="shrink-0 text-faint select-none">{line.at}</span> : null}
      {line.source ? (
        <span
          className={cn('max-w-56 shrink-0 truncate select-none', sourceLook(line.source))}
          title={line.source}
        >
          {line.source}
        </span>
      ) : null}
      <span>
        {searchPieces(line.text, search).map((piece, index) =>
          piece.hit ? (
            <mark key={index} className="rounded-[2px] bg-progress-solid text-black">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </span>
    </div>
  )
})

/** The same source always has the same colour, whatever else is shown. */
export function sourceLook(source: string): string {
  let sum = 0
  for (const letter of source) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sourceLooks[sum % sourceLooks.length] ?? 'text-muted'
}
