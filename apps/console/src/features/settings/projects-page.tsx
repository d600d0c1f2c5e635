'use client'

import type { ProjectView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Badge } from '@fairlead/ui/badge'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { FolderTree, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { CreateProjectDialog } from './create-project-dialog'
import { DestinationsSheet } from './destinations-sheet'
import { useRights } from './use-rights'

export function ProjectsPage() {
  const projects = useQuery(useTRPC().project.list.queryOptions({}))
  const { whyNot } = useRights()
  const mayNot = whyNot('project.manage', { kind: 'installation' })
  const [creating, setCreating] = useState(false)
  const [edited, setEdited] = useState<ProjectView | null>(null)
  const columns = useMemo(() => projectColumns(mayNot, setEdited), [mayNot])
  useHotkey('c', () => setCreating(true), {
    description: 'Create a project',
    group: 'Projects',
    enabled: mayNot === null,
  })
  return (
    <>
      <PageHeader
        title="Projects"
        description="A project holds applications and people. Its destinations say where it may deploy and what of the clusters its people see."
        actions={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            onClick={() => setCreating(true)}
            disabledReason={mayNot}
          >
            Create project
          </Button>
        }
      />
      {projects.data ? (
        <DataTable
          label="Projects"
          rows={projects.data}
          rowKey={(project) => project.id}
          columns={columns}
          rowHeight={36}
          onRowKey={(key, project) => {
            if (key === 'e' && mayNot === null) setEdited(project)
          }}
          empty={
            <EmptyState icon={<FolderTree aria-hidden />} title="No project yet.">
              Create one, give it destinations, and invite people into it.
            </EmptyState>
          }
        />
      ) : projects.error ? (
        <FaultState
          what="Projects are not shown."
          error={projects.error}
          right="project.view"
          onRetry={() => void projects.refetch()}
          retrying={projects.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows label="Loading projects" />
        </div>
      )}
      {creating ? (
        <CreateProjectDialog onClose={() => setCreating(false)} onCreated={() => setCreating(false)} />
      ) : null}
      {edited ? <DestinationsSheet key={edited.id} project={edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

const projectColumns = (
  mayNot: string | null,
  onEdit: (project: ProjectView) => void,
): Column<ProjectView>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 180,
    cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
  },
  {
    id: 'description',
    header: 'Description',
    cell: ({ description }) => <span className="truncate text-muted">{description}</span>,
  },
  {
    id: 'destinations',
    header: 'Destinations',
    width: 320,
    cell: ({ destinations }) => <Destinations places={destinations} />,
  },
  {
    id: 'applications',
    header: 'Applications',
    width: 104,
    align: 'end',
    cell: ({ applications, name }) =>
      applications === 0 ? (
        <span className="text-faint">0</span>
      ) : (
        <TextLink href={`/applications?project=${name}`}>{applications}</TextLink>
      ),
  },
  { id: 'people', header: 'People', width: 80, align: 'end', cell: ({ people }) => people },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 128,
    align: 'end',
    cell: (project) => (
      <Button
        size="sm"
        variant="ghost"
        onClick={() => onEdit(project)}
        disabledReason={mayNot}
        aria-label={`Destinations of ${project.name}`}
      >
        Destinations
      </Button>
    ),
  },
]

function Destinations({ places }: { places: ProjectView['destinations'] }) {
  if (places.length === 0) return <span className="text-wait">none: it can deploy nowhere</span>
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={places.map(placeText).join(', ')}>
      {places.map((place) => (
        <Badge key={placeText(place)} mono>
          {placeText(place)}
        </Badge>
      ))}
    </span>
  )
}

const placeText = ({ cluster, namespace }: ProjectView['destinations'][number]): string =>
  `${cluster}/${namespace}`
