'use client'

import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { CircleCheck, CircleX } from 'lucide-react'

const shown = 50

type ProblemListProps = {
  problems: readonly DocumentProblem[] | null
  checking: boolean
  onOpen: (problem: DocumentProblem) => void
}

/** Everything that is wrong, where it stands; a press puts the cursor there. */
export function ProblemList({ problems, checking, onOpen }: ProblemListProps) {
  if (problems === null || problems.length === 0)
    return (
      <p role="status" className="flex h-9 items-center gap-2 px-3 text-xs text-muted">
        {problems === null || checking ? (
          'Checking …'
        ) : (
          <>
            <CircleCheck aria-hidden className="size-3.5 text-ok" />
            <span>No problem found</span>
          </>
        )}
      </p>
    )
  return (
    <section aria-label="Problems" className="max-h-44 overflow-y-auto" tabIndex={0}>
      <ul className="divide-y divide-line text-xs">
        {problems.slice(0, shown).map((problem, index) => (
          <li key={`${problem.path}${index}`}>
            <button
              type="button"
              onClick={() => onOpen(problem)}
              className="flex w-full items-start gap-2 px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <CircleX aria-hidden className="mt-px size-3.5 shrink-0 text-fail" />
              <span className="w-14 shrink-0 text-muted">
                {problem.line === null ? '–' : `line ${problem.line}`}
              </span>
              <span className="min-w-0 flex-1">
                <span className="break-words">{problem.message}</span>
                {problem.expected === null ? null : (
                  <span className="break-words text-muted"> Expected {problem.expected}.</span>
                )}
                {problem.path === '' ? null : (
                  <span className="ml-2 font-mono text-2xs break-all text-faint">{problem.path}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {problems.length > shown ? (
        <p className="px-3 py-1.5 text-xs text-muted">and {problems.length - shown} more</p>
      ) : null}
    </section>
  )
}
