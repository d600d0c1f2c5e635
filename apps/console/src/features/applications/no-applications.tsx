'use client'

import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { BookCheck } from 'lucide-react'
import { documentOf, exampleDraft } from './example-document'

/** The empty page: what an application is, a document to start from, and the command that sends it. */
export function NoApplications() {
  return (
    <div className="mx-auto max-w-2xl space-y-4 rounded-lg border border-line bg-surface px-5 py-8 text-sm">
      <div className="flex items-start gap-3">
        <BookCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-faint" />
        <div>
          <p className="text-base font-semibold">No application yet</p>
          <p className="mt-1 text-pretty text-muted">
            An application is a name and its stages: which clusters and namespace each stage deploys to, who
            must approve it, and by when it must have converged. Your manifests stay as they are.
          </p>
        </div>
      </div>
      <CodeBlock title="application.yaml" code={documentOf(exampleDraft)} />
      <CodeBlock prompt code="fairlead apply -f application.yaml" />
      <div className="flex items-center gap-3">
        <Button variant="primary" href="/applications/new">
          Write it here instead
        </Button>
        <span className="text-xs text-muted">The same document, with a form beside it.</span>
      </div>
    </div>
  )
}
