'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { toast } from '@/features/shell/toast'
import { stringify } from 'yaml'
import { lacks } from '@/features/deploy/fault-card'
import { useDraft } from '@/features/deploy/use-draft'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useTRPC } from '@/live/trpc'
import { DocumentEditor } from './document-editor'

type Draft = { text: string | null }

/** The application's document as it is, and its editor: the same text that `fairlead apply` takes. */
export function DocumentTab({ application }: { application: ApplicationDetail }) {
  const { name, project, projectId, document } = application
  const trpc = useTRPC()
  const me = useQuery(trpc.session.me.queryOptions({}))
  const present = stringify(document, { lineWidth: 110, aliasDuplicateObjects: false })
  const { draft, change, forget, ready } = useDraft<Draft>(`document:${project}/${name}`, { text: null })
  const mayWrite =
    me.data?.projects.find(({ id }) => id === projectId)?.permissions.includes('application.write') ??
    me.data?.permissions.includes('application.write')
  const whyNot = mayWrite === false ? lacks('application.write', project) : null
  if (!ready) return <CardSkeleton lines={10} className="max-w-4xl" />
  if (draft.text === null)
    return (
      <div className="max-w-4xl space-y-3">
        <CodeBlock title="application.yaml" code={present} />
        <Button
          icon={<Pencil aria-hidden />}
          disabledReason={whyNot}
          onClick={() => change({ text: present })}
        >
          Edit
        </Button>
      </div>
    )
  const stop = () => {
    change({ text: null })
    forget()
  }
  return (
    <div className="max-w-4xl">
      <DocumentEditor
        value={draft.text}
        onChange={(text) => change({ text })}
        onSaved={() => {
          stop()
          toast.success('Document saved', {
            description: 'Rollouts in motion keep the stages they began with.',
          })
        }}
        saveLabel="Save"
        disabledReason={draft.text === present ? 'Nothing has been changed yet.' : whyNot}
      >
        <Button onClick={stop}>Discard</Button>
        <span className="text-xs text-muted">
          Rollouts in motion keep the stages they began with; the next one takes these.
        </span>
      </DocumentEditor>
    </div>
  )
}
