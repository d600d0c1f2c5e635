'use client'

import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { CalendarClock, Plus, ShieldAlert } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useRights } from '@/features/settings/use-rights'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { ExceptionsCard } from './exceptions-card'
import { FreezeCalendarCard } from './freeze-calendar-card'
import { FreezeTable } from './freeze-table'

const WindowDialog = dynamic(() => import('./window-dialog').then((module) => module.WindowDialog))
const DeleteWindow = dynamic(() => import('./delete-window').then((module) => module.DeleteWindow))
const AskDialog = dynamic(() => import('./ask-dialog').then((module) => module.AskDialog))

/** When clusters may not be changed: the weeks to come, the windows behind them, and who acts in spite of one. */
export function FreezePage() {
  const windows = useQuery(useTRPC().freeze.list.queryOptions({}))
  const { whyNot, may } = useRights()
  const [params, setParams] = useUrlParams()
  const installation = { kind: 'installation' } as const
  const mayWrite = may('freeze.manage', installation)
  const create = () => setParams({ edit: 'new' }, 'push')
  useHotkey('c', create, { description: 'Create a window', group: 'Freeze windows', enabled: mayWrite })
  const [edit, remove] = [params.get('edit'), params.get('delete')]
  return (
    <>
      <PageHeader
        title="Freeze windows"
        description="Deploys, rollbacks and changes by hand wait or are refused while a window keeps their clusters closed. What rolls back by itself, and what was begun before, does not."
        actions={
          <>
            <Button
              icon={<ShieldAlert aria-hidden />}
              onClick={() => setParams({ ask: 'exception' }, 'push')}
              disabledReason={whyNot('freeze.ask', { kind: 'any' })}
            >
              Ask for an exception
            </Button>
            <Button
              variant="primary"
              icon={<Plus aria-hidden />}
              onClick={create}
              disabledReason={whyNot('freeze.manage', installation)}
            >
              Create window
            </Button>
          </>
        }
      />
      <div className="space-y-4">
        <ExceptionsCard />
        {windows.data === undefined ? (
          windows.error ? (
            <FaultState
              what="Freeze windows are not shown."
              error={windows.error}
              right="project.view"
              onRetry={() => void windows.refetch()}
              retrying={windows.isFetching}
            />
          ) : (
            <div className="rounded-lg border border-line bg-surface">
              <SkeletonRows label="Loading freeze windows" />
            </div>
          )
        ) : windows.data.length === 0 ? (
          <NoWindows />
        ) : (
          <>
            <FreezeCalendarCard />
            <FreezeTable
              windows={windows.data}
              whyNotWrite={whyNot('freeze.manage', installation)}
              onEdit={(name) => setParams({ edit: name }, 'push')}
              onDelete={(name) => setParams({ delete: name }, 'push')}
            />
          </>
        )}
      </div>
      {edit !== null && mayWrite ? (
        <WindowDialog
          key={edit}
          name={edit === 'new' ? null : edit}
          onClose={() => setParams({ edit: null })}
        />
      ) : null}
      {remove !== null && mayWrite ? (
        <DeleteWindow name={remove} onClose={() => setParams({ delete: null })} />
      ) : null}
      {params.get('ask') !== null ? (
        <AskDialog
          about={{
            rollout: params.get('rollout'),
            project: params.get('project'),
            application: params.get('application'),
            cluster: params.get('cluster'),
          }}
          onClose={() =>
            setParams({ ask: null, rollout: null, project: null, application: null, cluster: null })
          }
        />
      ) : null}
    </>
  )
}

const NoWindows = () => (
  <EmptyState
    title="Nothing is ever frozen"
    icon={<CalendarClock aria-hidden />}
    command="npx fairlead apply -f weekend.yaml"
    className="max-w-none rounded-lg border border-line bg-surface *:max-w-xl"
  >
    A FreezeWindow document says when clusters may not be changed, or when alone they may: by project,
    application, cluster or environment, by a cron line with a duration or once from a date until another.
  </EmptyState>
)
