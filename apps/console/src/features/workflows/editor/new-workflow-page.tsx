'use client'

import type { ProjectView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { FaultCard } from '@/features/deploy/fault-card'
import { useDraft } from '@/features/deploy/use-draft'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { exampleWorkflow } from './example'
import { useApply } from './use-apply'
import { useLeaveGuard } from './use-leave-guard'
import { WorkflowEditor } from './workflow-editor'

const file = 'workflow.yaml'

export function NewWorkflowPage() {
  const trpc = useTRPC()
  const projects = useQuery(trpc.project.list.queryOptions({}))
  const me = useQuery(trpc.session.me.queryOptions({}))
  if (projects.isError)
    return <FaultState what="The projects could not be loaded." error={projects.error} right="project.view" />
  if (!projects.data || !me.data) return <CardSkeleton lines={16} />
  const everywhere = me.data.permissions.includes('workflow.write')
  const writable = me.data.projects
    .filter(({ permissions }) => everywhere || permissions.includes('workflow.write'))
    .map(({ name }) => name)
  const project = projects.data.find(({ name }) => writable.includes(name)) ?? null
  return <Writing project={project} />
}

/** Begins with a workflow that runs as it is, in the first project that this person may write to. */
function Writing({ project }: { project: ProjectView | null }) {
  const start = exampleWorkflow(exampleFor(project))
  const { draft, change, forget, ready } = useDraft<{ text: string | null }>('new-workflow', { text: null })
  const text = draft.text ?? start
  const apply = useApply(file, forget)
  const dirty = draft.text !== null && draft.text !== start
  const guard = useLeaveGuard(dirty && !apply.isSuccess)
  const whyNot =
    project === null
      ? 'You may write workflows in no project. A deployer may; an administrator gives the role under Settings, People.'
      : text.trim() === ''
        ? 'The document is empty.'
        : null
  const save = () => {
    if (whyNot === null && !apply.isPending) apply.mutate({ document: text, file })
  }
  useHotkey('mod+s', save, { description: 'Create the workflow' })
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: 'New' }]} />
      <PageHeader
        title="New workflow"
        description="The same document that fairlead apply takes. Its graph is drawn while you write."
        actions={
          <>
            {dirty ? (
              <Button
                onClick={() => {
                  apply.reset()
                  change({ text: null })
                  forget()
                }}
              >
                Begin again
              </Button>
            ) : null}
            <Button
              variant="primary"
              icon={<Save aria-hidden />}
              loading={apply.isPending}
              disabledReason={whyNot}
              onClick={save}
            >
              Create workflow
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
            change({ text: next })
          }}
          onSave={save}
        >
          {apply.error ? <FaultCard title="The document was not accepted" error={apply.error} /> : null}
        </WorkflowEditor>
      ) : (
        <CardSkeleton lines={16} />
      )}
      {guard}
    </>
  )
}

function exampleFor(project: ProjectView | null): Parameters<typeof exampleWorkflow>[0] {
  const place = project?.destinations[0]
  return {
    project: project?.name ?? 'shop',
    ...(place
      ? { cluster: place.cluster, namespace: place.namespace === '*' ? 'batch' : place.namespace }
      : {}),
  }
}
