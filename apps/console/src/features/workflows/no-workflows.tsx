'use client'

import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { Workflow } from 'lucide-react'
import { newWorkflowHref } from './addresses'
import { exampleWorkflow } from './editor/example'

/** The empty page: what a workflow is, one to start from, and the command that sends it. */
export function NoWorkflows({ project }: { project: string }) {
  return (
    <div className="mx-auto max-w-2xl space-y-4 rounded-lg border border-line bg-surface px-5 py-8 text-sm">
      <div className="flex items-start gap-3">
        <Workflow aria-hidden className="mt-0.5 size-5 shrink-0 text-faint" />
        <div>
          <p className="text-base font-semibold">No workflow yet</p>
          <p className="mt-1 text-pretty text-muted">
            A workflow chains containers: what runs after what, on which cluster, how often it may be tried
            again, who must approve, and when it starts by itself. Each task runs as a Job.
          </p>
        </div>
      </div>
      <CodeBlock
        title="workflow.yaml"
        code={exampleWorkflow({ project })}
        className="max-h-96 overflow-y-auto"
      />
      <CodeBlock prompt code="fairlead apply -f workflow.yaml" />
      <div className="flex items-center gap-3">
        <Button variant="primary" href={newWorkflowHref}>
          New workflow
        </Button>
        <span className="text-xs text-muted">The same document, with its graph drawn while you write.</span>
      </div>
    </div>
  )
}
