import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { approvalItems } from '../views/approval-items'
import type { WorkloadDeps } from '../workload-deps'

export const listApprovals = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('approval.list', {
    scope: { kind: 'any' },
    run: ({ actor }) => approvalItems(db, actor),
  })
