'use client'

import { cn } from '@fairlead/ui/cn'
import { CopyButton } from '@fairlead/ui/copy-button'
import { YamlLine } from '@/features/workloads/yaml-line'

type YamlBlockProps = { title: string; yaml: string; className?: string }

/** YAML to read and to copy. */
export function YamlBlock({ title, yaml, className }: YamlBlockProps) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-sunken">
      <div className="flex h-8 items-center justify-between gap-3 border-b border-line pr-0.5 pl-3 text-xs text-muted">
        <span className="truncate">{title}</span>
        <CopyButton text={yaml} label="Copy as YAML" />
      </div>
      <pre
        tabIndex={0}
        aria-label={title}
        className={cn('min-h-24 overflow-auto py-2 font-mono text-xs leading-5', className)}
      >
        {yaml
          .trimEnd()
          .split('\n')
          .map((line, index) => (
            // Lines have no identity but their place.
            <span key={index} className="block min-w-max px-3 hover:bg-hover">
              <YamlLine line={line} />
            </span>
          ))}
      </pre>
    </div>
  )
}
