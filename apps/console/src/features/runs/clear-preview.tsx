import type { ClearPlan } from '@fairlead/contracts/workflow'
import { Lock, OctagonX } from 'lucide-react'
import { ClearShown } from '@/features/clearing/clear-shown'
import { TaskStateMark } from '@/features/workflows/states'
import { clearedGroups, type ClearedGroup } from './cleared-groups'
import { tallyOf, tallyText } from './tally'

type ClearPreviewProps = { plan: ClearPlan | undefined; error: unknown; stale: boolean }

/** Exactly what would be reset, and what of it runs now. */
export function ClearPreview({ plan, error, stale }: ClearPreviewProps) {
  const groups = clearedGroups(plan?.tasks ?? [])
  return (
    <ClearShown
      words={{ loading: 'Working out what would be reset', label: 'What would be reset' }}
      error={error}
      stale={stale}
      shown={
        plan === undefined
          ? null
          : {
              headline: headline(plan, groups.length),
              notes: <Notes plan={plan} />,
              rows: groups.map((group) => ({
                key: group.id,
                name: group.id,
                standing: <Standing group={group} />,
              })),
            }
      }
    />
  )
}

function Notes({ plan }: { plan: ClearPlan }) {
  return (
    <>
      {plan.blocked ? (
        <p className="mb-2 flex items-start gap-1.5 rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
          <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {plan.blocked}
        </p>
      ) : null}
      {plan.stops > 0 ? (
        <p className="mb-2 flex items-start gap-1.5 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <OctagonX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {plan.stops.toLocaleString('en')}{' '}
          {plan.stops === 1 ? 'attempt that runs now is' : 'attempts that run now are'} stopped.
        </p>
      ) : null}
    </>
  )
}

function Standing({ group }: { group: ClearedGroup }) {
  if (group.size === 0) return group.state ? <TaskStateMark state={group.state} className="text-xs" /> : null
  return (
    <span className="text-xs text-muted" title={tallyText(tallyOf(group.indexes))}>
      {group.size.toLocaleString('en')} {group.size === 1 ? 'index' : 'indexes'}
      {group.state === null ? '' : ' and the task itself'}: {tallyText(tallyOf(group.indexes))}
    </span>
  )
}

function headline({ tasks, version }: ClearPlan, groups: number): string {
  if (tasks.length === 0) return 'Nothing would be reset'
  const rows = tasks.length === groups ? '' : `, ${tasks.length.toLocaleString('en')} with their indexes`
  return `${groups} ${groups === 1 ? 'task is' : 'tasks are'} reset${rows}, on version ${version}`
}
