'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import { IconButton } from '@fairlead/ui/icon-button'
import { Menu } from '@fairlead/ui/menu'
import type { Column } from '@fairlead/ui/table-column'
import { TextLink } from '@fairlead/ui/text-link'
import { Boxes, Ellipsis, FolderTree, KeyRound, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { connectionHref } from '@/features/airflow/addresses'
import { ConnectionHealth } from '@/features/airflow/connection-health'

interface ColumnDeps {
  readonly mayNot: string | null
  readonly onAsk: (what: AirflowAction, connection: AirflowConnectionView) => void
}
export type AirflowAction = 'check' | 'projects' | 'pods' | 'rotate' | 'remove'

export const airflowColumns = ({ mayNot, onAsk }: ColumnDeps): Column<AirflowConnectionView>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 150,
    cell: ({ name }) => (
      <TextLink href={connectionHref(name)} className="truncate font-medium">
        {name}
      </TextLink>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    cell: ({ address }) => (
      <a
        href={address}
        target="_blank"
        rel="noreferrer"
        className="truncate text-accent-text hover:underline"
      >
        {address}
      </a>
    ),
  },
  { id: 'version', header: 'Version', width: 80, cell: ({ version }) => version },
  { id: 'state', header: 'State', width: 280, cell: ({ name }) => <ConnectionHealth connection={name} /> },
  { id: 'projects', header: 'Given to', width: 200, cell: ({ projects }) => <GivenTo projects={projects} /> },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 120,
    align: 'end',
    cell: (connection) => <Actions connection={connection} mayNot={mayNot} onAsk={onAsk} />,
  },
]

function Actions({ connection, mayNot, onAsk }: ColumnDeps & { connection: AirflowConnectionView }) {
  const { name } = connection
  const item = (what: AirflowAction, label: string, icon: ReactNode) => ({
    label,
    icon,
    disabledReason: mayNot,
    onSelect: () => onAsk(what, connection),
  })
  return (
    <span className="flex justify-end gap-1">
      <Button
        size="sm"
        variant="ghost"
        onClick={() => onAsk('check', connection)}
        disabledReason={mayNot}
        aria-label={`Check ${name}`}
      >
        Check
      </Button>
      <Menu
        align="end"
        trigger={<IconButton size="sm" label={`Change ${name}`} icon={<Ellipsis aria-hidden />} />}
        groups={[
          {
            items: [
              item('projects', 'Give to projects', <FolderTree aria-hidden />),
              item('pods', 'Say where its pods run', <Boxes aria-hidden />),
              item('rotate', 'Rotate the login', <KeyRound aria-hidden />),
            ],
          },
          { items: [{ ...item('remove', 'Remove', <Trash2 aria-hidden />), tone: 'danger' as const }] },
        ]}
      />
    </span>
  )
}

function GivenTo({ projects }: { projects: readonly string[] }) {
  if (projects.length === 0) return <span className="text-wait">administrators alone</span>
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={projects.join(', ')}>
      {projects.map((project) => (
        <Badge key={project}>{project}</Badge>
      ))}
    </span>
  )
}
