import type { AuditEntryView } from '@fairlead/contracts/audit'
import type { Column } from '@fairlead/ui/table-column'
import { exactText } from '@fairlead/ui/time-text'
import { StatusMark } from '@fairlead/ui/status-mark'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { askedWords, subjectWords } from './action-words'

export const outcomeLook = {
  done: { tone: 'ok', word: 'Done' },
  denied: { tone: 'paused', word: 'Denied' },
  failed: { tone: 'failing', word: 'Failed' },
} as const

export const auditColumns: readonly Column<AuditEntryView>[] = [
  {
    id: 'at',
    header: 'When',
    width: 104,
    cell: ({ at }) => (
      <span title={exactText(new Date(at))}>
        <RelativeTime at={at} />
      </span>
    ),
  },
  {
    id: 'actor',
    header: 'Who',
    width: 170,
    cell: ({ actor }) => (
      <span className={actor.kind === 'anonymous' ? 'text-muted italic' : 'font-medium'}>{actor.name}</span>
    ),
  },
  {
    id: 'action',
    header: 'What',
    cell: (entry) => (
      <span title={entry.action}>
        {askedWords(entry)} <span className="font-medium">{subjectWords(entry)}</span>
      </span>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 110,
    cell: ({ outcome }) => <StatusMark {...outcomeLook[outcome]} />,
  },
  {
    id: 'project',
    header: 'Project',
    width: 130,
    cell: ({ project }) => project ?? <span className="text-faint">–</span>,
  },
  {
    id: 'from',
    header: 'From',
    width: 190,
    cell: ({ via, address }) => (
      <span className="text-muted">
        {via}
        {address === null ? null : <span className="ml-1.5 font-mono text-xs">{address}</span>}
      </span>
    ),
  },
  {
    id: 'sequence',
    header: '#',
    width: 72,
    align: 'end',
    cell: ({ sequence }) => <span className="text-faint">{sequence}</span>,
  },
]
