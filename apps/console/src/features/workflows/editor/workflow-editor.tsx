'use client'

import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { Skeleton } from '@fairlead/ui/skeleton'
import dynamic from 'next/dynamic'
import { useState, type ReactNode } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import type { Jump } from './code-editor'
import { ProblemList } from './problem-list'
import { useCheck } from './use-check'
import { useKnown } from './use-known'

const CodeEditor = dynamic(() => import('./code-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})
const Preview = dynamic(() => import('./preview').then((module) => module.Preview), {
  ssr: false,
  loading: () => <Skeleton className="h-96 rounded-lg" />,
})

const height = 'h-[calc(100dvh-11.5rem)] min-h-96'
const none: readonly DocumentProblem[] = []

type WorkflowEditorProps = {
  value: string
  file: string
  onChange: (value: string) => void
  onSave: () => void
  /** Above the two columns: what happened to the document meanwhile, what the server refused. */
  children?: ReactNode
}

/** A document with its problems, and its graph beside it while it is written. */
export function WorkflowEditor({ value, file, onChange, onSave, children }: WorkflowEditorProps) {
  const { check, drawn, outdated, checking, error } = useCheck(value, file)
  const known = useKnown()
  const [jump, setJump] = useState<Jump | null>(null)
  const open = (line: number, column: number) => setJump({ line, column, at: Date.now() })
  const problems = check?.problems ?? null
  return (
    <div className="space-y-3">
      {children}
      {error ? <FaultCard title="The document could not be checked" error={error} /> : null}
      <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div
          className={`flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface ${height} focus-within:border-line-strong`}
        >
          <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line bg-sunken px-3 text-xs text-muted">
            <span className="truncate font-mono">{file}</span>
            <span className="ml-auto shrink-0 max-sm:hidden">
              Ctrl Space completes · Ctrl S saves · Esc, then Tab leaves
            </span>
          </div>
          <CodeEditor
            label="Workflow document"
            value={value}
            onChange={onChange}
            onSave={onSave}
            problems={problems ?? none}
            known={known}
            jump={jump}
            className="flex-1"
          />
          <div className="shrink-0 border-t border-line">
            <ProblemList
              problems={problems}
              checking={checking}
              onOpen={({ line, column }) => open(line ?? 1, column ?? 1)}
            />
          </div>
        </div>
        <Preview
          drawn={drawn}
          outdated={outdated}
          onSelect={(task) => {
            const line = lineOfTask(value, task)
            if (line !== null) open(line, 1)
          }}
          className={height}
        />
      </div>
    </div>
  )
}

/** Where a task begins in the document: 1-based. */
function lineOfTask(text: string, task: string): number | null {
  const pattern = new RegExp(
    `^\\s*-?\\s*(?:\\{\\s*)?id:\\s*["']?${task.replaceAll('-', '\\-')}["']?\\s*(?:[,}#]|$)`,
  )
  const at = text.split('\n').findIndex((line) => pattern.test(line))
  return at < 0 ? null : at + 1
}
