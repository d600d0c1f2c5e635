'use client'

import type { RunView, TaskView } from '@fairlead/contracts/workflow'
import { EmptyState } from '@fairlead/ui/empty-state'
import { ApprovalPanel } from '@/features/approvals/approval-panel'
import { DecideTask } from '@/features/approvals/decide-task'
import { TaskApprovalFacts } from '@/features/approvals/task-approval-facts'
import { requirementOf } from '@/features/approvals/task-requirement'

/** The approval that this task is: the question, who has answered, and the answer that the viewer may give. */
export function TaskApproval({ run, task }: { run: RunView; task: TaskView }) {
  const { approval } = task
  if (approval === null)
    return (
      <EmptyState title="Not asked yet" className="rounded-lg border border-line bg-surface">
        It is asked when its upstream tasks have settled, bound to what they gave.
      </EmptyState>
    )
  const closed = task.state !== 'awaiting_approval'
  return (
    <div className="space-y-4">
      <div className="rounded-lg border border-line bg-surface px-4 py-3">
        <ApprovalPanel requirement={requirementOf(approval)} requester={run.requester} closed={closed} />
        {closed ? null : (
          <div className="mt-4 border-t border-line pt-3">
            <DecideTask item={{ run, task: task.id, index: task.index, approval }} />
          </div>
        )}
      </div>
      <div className="rounded-lg border border-line bg-surface px-4 py-1">
        <TaskApprovalFacts item={{ run, task: task.id, index: task.index, approval }} />
      </div>
    </div>
  )
}
