'use client'

import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import { Card } from '@fairlead/ui/card'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { runHref } from '@/features/runs/addresses'
import { NominalTime } from '@/features/runs/nominal-time'
import { TallyBar } from '@/features/runs/tally-bar'
import { taskName } from '@/features/runs/task-name'
import { TriggerMark } from '@/features/runs/trigger-mark'
import { RunStateMark } from '@/features/workflows/states'
import { ApprovalPanel } from './approval-panel'
import { DecideTask } from './decide-task'
import { DecideKeys } from './decide-keys'
import { TaskApprovalFacts } from './task-approval-facts'
import { requirementOf } from './task-requirement'

/** A task of a run that waits for people: who asked, what exactly, who has decided and who still must. */
export function TaskApprovalDetail({ item }: { item: TaskApprovalItem }) {
  const { run, task, index, requestedAt } = item
  return (
    <div className="min-w-0 space-y-4">
      <Card
        title={
          <>
            <TextLink href={runHref(run.id, { task, index })}>{taskName(task, index)}</TextLink>{' '}
            <span className="font-normal text-muted">of</span>{' '}
            <TextLink href={runHref(run.id)}>
              {run.workflow} #{run.number}
            </TextLink>
          </>
        }
        actions={<CopyAsMenu fairlead={commandOf(item)} />}
      >
        <KeyValue
          layout="strip"
          entries={[
            { key: 'Asked', value: <RelativeTime at={requestedAt} /> },
            {
              key: 'Begun by',
              value: <TriggerMark trigger={run.trigger} requester={run.requester} className="text-sm" />,
            },
            { key: 'For', value: <NominalTime at={run.nominalTime} className="text-sm text-fg" /> },
            { key: 'Run', value: <RunStateMark state={run.state} /> },
            { key: 'Tasks', value: <TallyBar tally={run.tally} className="h-5 w-40" /> },
          ]}
        />
        <div className="mt-4 flex flex-wrap items-start gap-4 border-t border-line pt-4">
          <ApprovalPanel
            requirement={requirementOf(item.approval)}
            requester={run.requester}
            className="min-w-0 flex-1 basis-72"
          />
          <div className="space-y-2">
            <DecideTask item={item} />
            <DecideKeys />
          </div>
        </div>
      </Card>
      <Card title="What is approved">
        <TaskApprovalFacts item={item} />
      </Card>
    </div>
  )
}

const commandOf = ({ run, task, approval }: TaskApprovalItem): string =>
  approval.mine.passed ? `fairlead run approve ${run.id} ${task} --reason "…"` : `fairlead run show ${run.id}`
