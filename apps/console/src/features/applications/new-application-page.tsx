'use client'

import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toast } from '@/features/shell/toast'
import { useDraft } from '@/features/deploy/use-draft'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { DocumentEditor } from './document-editor'
import { documentOf, type ApplicationDraft } from './example-document'
import { NewApplicationForm } from './new-application-form'

type Draft = ApplicationDraft & {
  /** The document as edited by hand; null while the form writes it. */
  text: string | null
}

const initial: Draft = {
  name: '',
  project: '',
  stages: [
    { name: 'staging', cluster: '', namespace: '', approval: false },
    { name: 'production', cluster: '', namespace: '', approval: true },
  ],
  text: null,
}

export function NewApplicationPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const projects = useQuery(trpc.project.list.queryOptions({}))
  const { draft, change, forget, ready } = useDraft('new-application', initial)
  const text = draft.text ?? documentOf(draft)
  const saved = async () => {
    const { name, project } = await namedIn(text)
    forget()
    toast.success(`${name ?? 'The application'} was accepted`)
    router.push(name && project ? `/applications/${project}/${name}` : '/applications')
  }
  if (projects.isError)
    return <FaultState what="The projects could not be loaded." error={projects.error} right="project.view" />
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Applications', href: '/applications' }, { label: 'New' }]} />
      <PageHeader
        title="New application"
        description="Answer a few questions, or write the document yourself: it is the same one that fairlead apply takes."
      />
      {ready && projects.data ? (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <Card
            title="Start from"
            actions={
              draft.text === null ? null : (
                <Button size="sm" onClick={() => change({ text: null })}>
                  Write the document from this form again
                </Button>
              )
            }
          >
            {draft.text === null ? null : (
              <p className="mb-3 rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
                The document was edited by hand, so the form no longer changes it.
              </p>
            )}
            <NewApplicationForm draft={draft} onChange={change} projects={projects.data} />
          </Card>
          <Card title="Document">
            <DocumentEditor
              value={text}
              onChange={(next) => change({ text: next })}
              onSaved={() => void saved()}
              saveLabel="Create the application"
            />
          </Card>
        </div>
      ) : (
        <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-2">
          <CardSkeleton lines={10} />
          <CardSkeleton lines={10} />
        </div>
      )}
    </>
  )
}

/** Where to go after the document was accepted; the parser comes only now. */
async function namedIn(text: string): Promise<{ name?: string; project?: string }> {
  const { parse } = await import('yaml')
  const document = parse(text) as { metadata?: { name?: string; project?: string } } | null
  return document?.metadata ?? {}
}
