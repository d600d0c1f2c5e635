'use client'

import { CopyButton } from '@fairlead/ui/copy-button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { IconButton } from '@fairlead/ui/icon-button'
import { LogView, type LogLine } from '@fairlead/ui/log-view'
import { Switch } from '@fairlead/ui/switch'
import { Download } from 'lucide-react'
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { downloadText } from '@/features/workloads/download-text'
import { WrappedLog } from '@/features/workloads/wrapped-log'

type SearchedLogProps<L> = {
  /** Which attempt or try it is of. */
  picker: ReactNode
  lines: readonly L[]
  textOf: (line: L) => string
  /** A line as it is drawn; `index` is its place in the whole log. */
  lineOf: (line: L, index: number) => LogLine
  /** Null: it has not been read yet, or is not shown. */
  whole: { source: ReactNode; text: () => string; fileName: string } | null
  /** Where no line is. */
  empty: string
  /** What stands around the lines, or in their place. */
  children: (view: ReactNode) => ReactNode
}

const height = 'h-[calc(100dvh-22rem)] min-h-64'

/** A log with a search, its source, and the ways to take it along: of our tasks and of Airflow's. */
export function SearchedLog<L>(props: SearchedLogProps<L>) {
  const { picker, lines, textOf, lineOf, whole, empty, children } = props
  const [search, setSearch] = useTextParam('q')
  const [follow, setFollow] = useState(true)
  const [only, setOnly] = useState(false)
  const [wrap, setWrap] = useState(false)
  const wanted = useDeferredValue(search)
  const narrowed = only && wanted !== ''
  const shown = useMemo(() => {
    const part = narrowed ? wanted.toLowerCase() : ''
    return lines.flatMap((line, index) =>
      part === '' || textOf(line).toLowerCase().includes(part) ? [lineOf(line, index)] : [],
    )
  }, [lines, narrowed, wanted, textOf, lineOf])
  const common = { label: 'Log', lines: shown, search: wanted, follow, className: height }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {picker}
        <FilterInput
          label="Search the log"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-52"
        />
        <Switch checked={only} onCheckedChange={setOnly} label="Only matches" />
        <Switch checked={wrap} onCheckedChange={setWrap} label="Wrap" />
        {whole === null ? null : (
          <span className="ml-auto flex items-center gap-2 text-xs text-muted">
            {whole.source}
            <span role="status">{shown.length.toLocaleString('en')} lines</span>
            <CopyButton text={whole.text()} label="Copy the log" />
            <IconButton
              label="Download"
              icon={<Download aria-hidden />}
              onClick={() => downloadText(whole.fileName, whole.text())}
            />
          </span>
        )}
      </div>
      {children(
        wrap ? (
          <WrappedLog {...common} />
        ) : (
          <LogView
            {...common}
            onFollowChange={setFollow}
            showTime
            empty={narrowed ? 'No line has that in it.' : empty}
          />
        ),
      )}
    </div>
  )
}

/** The clock of an ISO time, without its day. */
export const clockOf = (at: string | null): string | undefined => at?.slice(11, 23)
