'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { useMutation } from '@tanstack/react-query'
import { CirclePlay, Pause, Pencil, Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { useHotkey } from '@/features/shell/hotkeys'
import { usePaletteItems } from '@/features/shell/palette'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { editHref, workflowHref } from './addresses'

const StartDialog = dynamic(() => import('./start/start-dialog').then((module) => module.StartDialog), {
  ssr: false,
})
const PauseDialog = dynamic(() => import('./pause-dialog').then((module) => module.PauseDialog), {
  ssr: false,
})

/** Everything that can be done to a workflow; what can't be says why. The open dialog is in the address. */
export function WorkflowActions({ workflow }: { workflow: WorkflowDetail }) {
  const { name, project, paused, may } = workflow
  const [params, setParams] = useUrlParams()
  const router = useRouter()
  const { resume, isResuming } = useResume(workflow)
  const asked = params.get('do')
  const ask = (what: 'run' | 'pause' | null) => setParams({ do: what }, what === null ? 'replace' : 'push')
  const toggle = () => (paused ? resume() : ask('pause'))
  const edit = editHref(workflow)
  const why = (what: keyof typeof may) =>
    may[what].passed ? null : (may[what].reason ?? 'You may not do this here.')
  useHotkey('r', () => ask('run'), { description: 'Run', enabled: may.run.passed })
  useHotkey('e', () => router.push(edit), { description: 'Edit', enabled: may.write.passed })
  useHotkey('p', toggle, { description: 'Pause or resume', enabled: may.operate.passed })
  const items = useMemo(
    () =>
      may.run.passed
        ? [
            {
              id: `run:${project}/${name}`,
              label: `Run ${name}`,
              hint: project,
              icon: <Play aria-hidden />,
              href: `${workflowHref({ project, name })}?do=run`,
            },
          ]
        : [],
    [may.run.passed, project, name],
  )
  usePaletteItems('Actions', items)
  return (
    <>
      <CopyAsMenu
        fairlead={`fairlead workflow run ${name}`}
        api={apiCallOf(workflow)}
        yaml={workflow.source}
      />
      <Button icon={<Pencil aria-hidden />} href={edit} disabledReason={why('write')}>
        Edit
      </Button>
      <Button
        icon={paused ? <CirclePlay aria-hidden /> : <Pause aria-hidden />}
        loading={isResuming}
        onClick={toggle}
        disabledReason={why('operate')}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        variant="primary"
        icon={<Play aria-hidden />}
        onClick={() => ask('run')}
        disabledReason={why('run')}
      >
        Run
      </Button>
      {asked === 'run' && may.run.passed ? (
        <StartDialog workflow={workflow} onClose={() => ask(null)} />
      ) : null}
      {asked === 'pause' && may.operate.passed ? (
        <PauseDialog workflow={workflow} onClose={() => ask(null)} />
      ) : null}
    </>
  )
}

function useResume({ name, project }: WorkflowDetail) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const resuming = useMutation(
    trpc.workflow.resume.mutationOptions({
      onSuccess: () => {
        askAgain()
        toast.success('Resumed', { description: `${project}/${name}` })
      },
      onError: (error) => void toast.error(faultOf(error).message),
    }),
  )
  return { resume: () => resuming.mutate({ project, workflow: name }), isResuming: resuming.isPending }
}

const apiCallOf = ({ name, project }: WorkflowDetail): string =>
  `curl -H "Authorization: Bearer $FAIRLEAD_TOKEN" --json '{"json":{"project":"${project}","workflow":"${name}"}}' "$FAIRLEAD_URL/api/trpc/workflow.start"`
