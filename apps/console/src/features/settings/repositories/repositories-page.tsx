'use client'

import type { RepositoryView } from '@fairlead/contracts/source'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { RowButtons } from '@fairlead/ui/row-buttons'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import type { Column } from '@fairlead/ui/table-column'
import { useQuery } from '@tanstack/react-query'
import { LockKeyhole, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { useRights } from '../use-rights'
import { RemoveRepository } from './remove-repository'
import { SetRepositoryDialog } from './set-repository-dialog'

/** Logins that sources and analyses use: who may read what is a project's affair. */
export function RepositoriesPage() {
  const repositories = useQuery(useTRPC().repository.list.queryOptions({}))
  const { whyNot } = useRights()
  const mayNot = whyNot('project.manage', { kind: 'any' })
  const [setting, setSetting] = useState<RepositoryView | 'new' | null>(null)
  const [removing, setRemoving] = useState<RepositoryView | null>(null)
  const columns = useMemo(() => columnsFor({ mayNot, onSet: setSetting, onRemove: setRemoving }), [mayNot])
  const changed = () => void repositories.refetch()
  return (
    <>
      <PageHeader
        title="Logins"
        description="What a project's applications say to repositories and metrics servers that ask for a login. Passwords are sealed and never shown."
        actions={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            onClick={() => setSetting('new')}
            disabledReason={mayNot}
          >
            Add a login
          </Button>
        }
      />
      {repositories.data ? (
        <DataTable
          label="Logins for repositories and metrics"
          rows={repositories.data}
          rowKey={({ project, address }) => `${project} ${address}`}
          columns={columns}
          rowHeight={36}
          empty={<NoRepository />}
        />
      ) : repositories.error ? (
        <FaultState
          what="Logins for repositories and metrics are not shown."
          error={repositories.error}
          right="project.view"
          onRetry={changed}
          retrying={repositories.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows label="Loading logins" />
        </div>
      )}
      {setting ? (
        <SetRepositoryDialog
          repository={setting === 'new' ? null : setting}
          onClose={() => setSetting(null)}
          onDone={changed}
        />
      ) : null}
      {removing ? (
        <RemoveRepository repository={removing} onClose={() => setRemoving(null)} onRemoved={changed} />
      ) : null}
    </>
  )
}

interface ColumnDeps {
  readonly mayNot: string | null
  readonly onSet: (repository: RepositoryView) => void
  readonly onRemove: (repository: RepositoryView) => void
}

const columnsFor = ({ mayNot, onSet, onRemove }: ColumnDeps): Column<RepositoryView>[] => [
  {
    id: 'address',
    header: 'Address',
    cell: ({ address }) => <span className="truncate font-mono text-xs">{address}</span>,
  },
  { id: 'project', header: 'Project', width: 160, cell: ({ project }) => project },
  {
    id: 'username',
    header: 'User name',
    width: 180,
    cell: ({ username }) => (username === '' ? <span className="text-muted">bearer token</span> : username),
  },
  {
    id: 'changed',
    header: 'Changed',
    width: 120,
    cell: ({ rotatedAt }) => <RelativeTime at={rotatedAt} className="text-xs text-muted" />,
  },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 180,
    align: 'end',
    cell: (row) => (
      <RowButtons
        disabledReason={mayNot}
        buttons={[
          { word: 'Change', label: `Change the login for ${row.address}`, onClick: () => onSet(row) },
          { word: 'Remove', label: `Remove the login for ${row.address}`, onClick: () => onRemove(row) },
        ]}
      />
    ),
  },
]

const NoRepository = () => (
  <EmptyState
    icon={<LockKeyhole aria-hidden />}
    title="Nothing needs a login."
    command="npx fairlead repository set https://git.example.org/shop --project shop --username reader --password-file -"
  >
    What anybody may read needs none.
  </EmptyState>
)
