'use client'

import { CopyButton } from '@fairlead/ui/copy-button'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useMemo, type ReactNode } from 'react'
import { YamlLine } from './yaml-line'

type YamlViewProps = {
  yaml: string
  /** When it was read from its cluster. */
  at: string
  actions?: ReactNode
}

/** YAML to read, with the time it is of. */
export function YamlView({ yaml, at, actions }: YamlViewProps) {
  const lines = useMemo(() => yaml.trimEnd().split('\n'), [yaml])
  const digits = String(lines.length).length
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex h-9 items-center justify-between gap-3 border-b border-line bg-surface pr-1 pl-4 text-xs text-muted">
        <span>
          Read from the cluster <RelativeTime at={at} />, {lines.length} lines
        </span>
        <span className="flex items-center gap-1">
          {actions}
          <CopyButton text={yaml} />
        </span>
      </div>
      <pre
        tabIndex={0}
        aria-label="YAML"
        className="max-h-[calc(100dvh-19rem)] min-h-64 overflow-auto py-2 font-mono text-xs leading-5"
      >
        {lines.map((line, index) => (
          // Lines have no identity but their place.
          <span key={index} className="block min-w-max px-4 [content-visibility:auto] hover:bg-hover">
            <span aria-hidden className="mr-4 text-faint select-none">
              {String(index + 1).padStart(digits)}
            </span>
            <YamlLine line={line} />
          </span>
        ))}
      </pre>
    </div>
  )
}
