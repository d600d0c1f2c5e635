'use client'

import type { BackfillPlan, WorkflowDetail } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { StatusMark } from '@fairlead/ui/status-mark'
import { exactText } from '@fairlead/ui/time-text'
import { useMutation } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

type Time = BackfillPlan['times'][number]
type BackfillPreviewProps = {
  workflow: WorkflowDetail
  plan: BackfillPlan
  range: { from: string; to: string }
  fetching: boolean
  onDone: () => void
}

export function BackfillPreview({ workflow, plan, range, fetching, onDone }: BackfillPreviewProps) {
  const { name, project } = workflow
  const [asked, setAsked] = useState(false)
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const fresh = plan.times.filter(({ exists }) => !exists).length
  const backfill = useMutation(
    trpc.workflow.backfill.mutationOptions({
      onSuccess: ({ runs }) => {
        askAgain()
        setAsked(false)
        toast.success('Backfill requested', { description: `${runs} runs of ${name}` })
        onDone()
      },
    }),
  )
  const count = fresh === 1 ? '1 run' : `${fresh.toLocaleString('en')} runs`
  return (
    <Card
      flush
      title={`${count} would be created`}
      description={
        plan.times.length > fresh
          ? `${plan.times.length - fresh} of ${plan.times.length} have a run already and are left alone.`
          : `Times in ${plan.timezone}.`
      }
      actions={
        <Button
          variant="primary"
          icon={<History aria-hidden />}
          loading={fetching}
          disabledReason={
            plan.blocked ?? (fresh === 0 ? 'Every time of this range has a run already.' : null)
          }
          onClick={() => setAsked(true)}
        >
          Backfill {count}
        </Button>
      }
    >
      {plan.blocked ? (
        <p className="border-b border-line px-4 py-2 text-sm text-progress">{plan.blocked}</p>
      ) : null}
      {plan.times.length > 0 ? (
        <DataTable
          label="Times of the backfill"
          rows={plan.times}
          columns={columns(plan)}
          rowKey={({ at }) => at}
          className="max-h-[calc(100dvh-20rem)] rounded-none border-0"
        />
      ) : null}
      {asked ? (
        <ConfirmDialog
          open
          onOpenChange={setAsked}
          title={`Backfill ${count} of ${project}/${name}`}
          description={`From ${plan.times.find(({ exists }) => !exists)?.local ?? ''} to ${plan.times.findLast(({ exists }) => !exists)?.local ?? ''}, on the schedule’s clock. They run with version ${workflow.version}, behind everything else, and each can be cancelled.`}
          confirmLabel={`Backfill ${count}`}
          tone="primary"
          pending={backfill.isPending}
          error={backfill.error ? <FaultText error={backfill.error} /> : undefined}
          onConfirm={() => backfill.mutate({ project, workflow: name, ...range })}
        />
      ) : null}
    </Card>
  )
}

const columns = (plan: BackfillPlan): readonly Column<Time>[] => [
  {
    id: 'local',
    header: `On the schedule’s clock (${plan.timezone})`,
    width: 330,
    cell: (time) => {
      const at = plan.times.indexOf(time)
      const before = plan.times[at - 1]
      const turned = before !== undefined && offsetOf(before) !== offsetOf(time)
      return (
        <span className="font-mono text-xs">
          {time.local.slice(0, 16)}{' '}
          <span className={turned ? 'font-semibold text-progress' : 'text-faint'}>
            {offsetOf(time)}
            {turned ? ' clock changed' : ''}
          </span>
        </span>
      )
    },
  },
  {
    id: 'utc',
    header: 'UTC',
    width: 190,
    cell: ({ at }) => <span className="font-mono text-xs text-muted">{exactText(new Date(at))}</span>,
  },
  {
    id: 'what',
    header: 'What happens',
    cell: ({ exists }) =>
      exists ? (
        <StatusMark tone="neutral" word="Has a run already" className="text-xs" />
      ) : (
        <StatusMark tone="waiting" word="A run is created" className="text-xs" />
      ),
  },
]

const offsetOf = ({ local }: Time): string => local.slice(17)
