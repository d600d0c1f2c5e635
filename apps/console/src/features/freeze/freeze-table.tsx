'use client'

import type { FreezeWindowView } from '@fairlead/contracts/freeze'
import { DataTable } from '@fairlead/ui/data-table'
import { RowButtons } from '@fairlead/ui/row-buttons'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Column } from '@fairlead/ui/table-column'
import { useMemo } from 'react'
import { modeWords, scopeWords, timeIn } from './freeze-words'
import { useZone } from './use-zone'

type FreezeTableProps = {
  windows: readonly FreezeWindowView[]
  whyNotWrite: string | null
  onEdit: (name: string) => void
  onDelete: (name: string) => void
}

export function FreezeTable(props: FreezeTableProps) {
  const { windows } = props
  const zone = useZone()
  const columns = useMemo(() => columnsOf(props, zone), [props, zone])
  return (
    <DataTable
      label="Freeze windows"
      rows={windows}
      rowKey={({ name }) => name}
      columns={columns}
      rowHeight={36}
    />
  )
}

const columnsOf = (
  { whyNotWrite, onEdit, onDelete }: FreezeTableProps,
  zone: string,
): Column<FreezeWindowView>[] => [
  {
    id: 'name',
    header: 'Window',
    width: 160,
    cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
  },
  { id: 'now', header: 'Now', width: 250, cell: (window) => <Standing window={window} zone={zone} /> },
  {
    id: 'scope',
    header: 'For',
    width: 220,
    cell: (window) => <Text text={scopeWords(window).join('; ')} />,
  },
  {
    id: 'schedule',
    header: 'Schedule',
    width: 230,
    cell: ({ schedule, timezone }) => (
      <span className="truncate font-mono text-xs" title={`${schedule} (${timezone})`}>
        {schedule} <span className="text-muted">{timezone}</span>
      </span>
    ),
  },
  { id: 'reason', header: 'Reason', width: 240, cell: ({ reason }) => <Text text={reason} /> },
  {
    id: 'running',
    header: 'What runs',
    width: 90,
    cell: ({ running }) => (running === 'pause' ? 'is paused' : 'finishes'),
  },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 130,
    align: 'end',
    cell: ({ name }) => (
      <RowButtons
        disabledReason={whyNotWrite}
        buttons={[
          { word: 'Edit', label: `Edit ${name}`, onClick: () => onEdit(name) },
          { word: 'Delete', label: `Delete ${name}`, onClick: () => onDelete(name) },
        ]}
      />
    ),
  },
]

const Text = ({ text }: { text: string }) => (
  <span className="truncate" title={text}>
    {text}
  </span>
)

/** Whether it keeps something closed now, and when that changes, in the zone of whoever looks. */
function Standing({ window, zone }: { window: FreezeWindowView; zone: string }) {
  const { mode, lasts, from, until } = window
  const shut = (mode === 'deny') === lasts
  const next = lasts ? until : from
  const when = next === null ? 'never again' : `${lasts ? 'until' : 'from'} ${timeIn(zone, next)}`
  const own = `${window.fromLocal ?? ''} to ${window.untilLocal ?? ''} ${window.timezone}`
  return (
    <span title={`${modeWords[mode].long} ${own}`} className="min-w-0 truncate" suppressHydrationWarning>
      <StatusMark
        tone={shut ? 'failing' : 'ok'}
        word={shut ? 'Closed' : 'Open'}
        reason={`${modeWords[mode].word.toLowerCase()} ${when}`}
      />
    </span>
  )
}
