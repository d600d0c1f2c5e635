'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { workflowHref } from '../addresses'

/** Save is apply: the same verb that the command line calls. */
export function useApply(file: string, onSaved: () => void) {
  const trpc = useTRPC()
  const router = useRouter()
  const askAgain = useAskAgain()
  return useMutation(
    trpc.workflow.apply.mutationOptions({
      onSuccess: async ({ version, created, changed }, { document }) => {
        const { name, project } = await namedIn(document)
        onSaved()
        askAgain()
        toast.success(
          created ? 'Workflow created' : changed ? `Saved as version ${version}` : 'Nothing had changed',
          { description: `${project}/${name}. Runs on their way keep the version they began with.` },
        )
        router.push(name && project ? workflowHref({ project, name }) : '/workflows')
      },
    }),
  )
}

/** Where to go after the document was accepted; the parser comes only now. */
async function namedIn(text: string): Promise<{ name?: string; project?: string }> {
  const { parse } = await import('yaml')
  const document = parse(text) as { metadata?: { name?: string; project?: string } } | null
  return document?.metadata ?? {}
}
