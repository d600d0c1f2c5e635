'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { PageHeader } from '@fairlead/ui/page-header'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { FaultCard } from '@/features/deploy/fault-card'
import { useDraft } from '@/features/deploy/use-draft'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { workflowHref } from '../addresses'
import { useApply } from './use-apply'
import { useLeaveGuard } from './use-leave-guard'
import { WorkflowEditor } from './workflow-editor'

type EditWorkflowPageProps = { project: string; workflow: string }

export function EditWorkflowPage({ project, workflow }: EditWorkflowPageProps) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.workflow.get.queryOptions({ project, workflow }))
  if (detail.data) return <Editing workflow={detail.data} />
  if (detail.isError)
    return (
      <FaultState
        what="This workflow could not be loaded."
        where={`${project}/${workflow}`}
        error={detail.error}
        right="project.view"
        onRetry={() => void detail.refetch()}
        retrying={detail.isFetching}
      />
    )
  return <CardSkeleton lines={16} />
}

type Draft = {
  /** Null while nothing was changed. */
  text: string | null
  /** The version that it was changed from. */
  base: number | null
}

function Editing({ workflow }: { workflow: WorkflowDetail }) {
  const { name, project, source, version, versions, may } = workflow
  const router = useRouter()
  const { draft, change, forget, ready } = useDraft<Draft>(`workflow:${project}/${name}`, {
    text: null,
    base: null,
  })
  const file = `${name}.yaml`
  const text = draft.text ?? source
  const dirty = draft.text !== null && draft.text !== source
  const apply = useApply(file, () => {
    change({ text: null, base: null })
    forget()
  })
  const guard = useLeaveGuard(dirty && !apply.isSuccess)
  const whyNot = !may.write.passed ? may.write.reason : dirty ? null : 'Nothing has been changed yet.'
  const save = () => {
    if (whyNot === null && !apply.isPending) apply.mutate({ document: text, file })
  }
  useHotkey('mod+s', save, { description: 'Save' })
  const discard = () => {
    apply.reset()
    change({ text: null, base: null })
    forget()
  }
  const overtaken =
    dirty && draft.base !== null && draft.base !== version
      ? versions.find(({ number }) => number === version)
      : null
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Workflows', href: '/workflows' },
          { label: name, href: workflowHref(workflow) },
          { label: 'Edit' },
        ]}
      />
      <PageHeader
        title={`Edit ${name}`}
        description={
          dirty
            ? `Changed from version ${draft.base ?? version}, not saved yet`
            : `Version ${version} of ${project}/${name}`
        }
        actions={
          <>
            {dirty ? (
              <Button onClick={discard}>Discard changes</Button>
            ) : (
              <Button onClick={() => router.push(workflowHref(workflow))}>Close</Button>
            )}
            <Button
              variant="primary"
              icon={<Save aria-hidden />}
              loading={apply.isPending}
              disabledReason={whyNot}
              onClick={save}
            >
              Save as version {version + 1}
            </Button>
          </>
        }
        className="pb-3"
      />
      {ready ? (
        <WorkflowEditor
          value={text}
          file={file}
          onChange={(next) => {
            if (apply.error) apply.reset()
            change({ text: next, base: draft.base ?? version })
          }}
          onSave={save}
        >
          {overtaken ? (
            <p role="status" className="rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
              {overtaken.author} saved version {version} meanwhile.{' '}
              <TextLink href={`${workflowHref(workflow, 'code')}&against=${draft.base}`}>
                See what changed
              </TextLink>
              ; saving puts yours on top of it.
            </p>
          ) : null}
          {apply.error ? <FaultCard title="The document was not accepted" error={apply.error} /> : null}
        </WorkflowEditor>
      ) : (
        <CardSkeleton lines={16} />
      )}
      {guard}
    </>
  )
}
