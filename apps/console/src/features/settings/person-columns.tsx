import type { PersonView } from '@fairlead/contracts/identity'
import { Avatar } from '@fairlead/ui/avatar'
import type { Column } from '@fairlead/ui/table-column'
import { IconButton } from '@fairlead/ui/icon-button'
import { Menu } from '@fairlead/ui/menu'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { Ban, EllipsisVertical, KeyRound, RotateCcw, ShieldCheck } from 'lucide-react'
import { RoleBadges } from './role-badges'

export type PersonAction = 'roles' | 'disable' | 'enable' | 'reset'

interface PersonColumnOptions {
  readonly meId: string | undefined
  /** Why disabling is not allowed; null where it is. */
  readonly mayDisable: string | null
  readonly onAction: (action: PersonAction, person: PersonView) => void
}

export const personColumns = (options: PersonColumnOptions): Column<PersonView>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 200,
    cell: (person) => <Who person={person} isMe={person.id === options.meId} />,
  },
  { id: 'status', header: 'Status', width: 170, cell: (person) => <Standing person={person} /> },
  { id: 'roles', header: 'Roles', cell: (person) => <RoleBadges roles={person.memberships} /> },
  {
    id: 'email',
    header: 'E-mail',
    width: 240,
    cell: (person) => <span className="truncate text-muted">{person.email}</span>,
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: 110,
    cell: (person) =>
      person.lastSeenAt === null ? (
        <span className="text-faint">never</span>
      ) : (
        <RelativeTime at={person.lastSeenAt} />
      ),
  },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 48,
    align: 'end',
    cell: (person) => <Actions person={person} {...options} />,
  },
]

function Who({ person, isMe }: { person: PersonView; isMe: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={person.name} size="sm" />
      <span className="truncate font-medium">{person.name}</span>
      {isMe ? <span className="text-xs text-muted">you</span> : null}
    </span>
  )
}

function Standing({ person }: { person: PersonView }) {
  if (person.invitedUntil !== null)
    return (
      <StatusMark
        tone="waiting"
        word="Invited"
        reason={
          <>
            ends <RelativeTime at={person.invitedUntil} />
          </>
        }
      />
    )
  if (person.disabled) return <StatusMark tone="paused" word="Disabled" />
  return <StatusMark tone="ok" word="Active" />
}

function Actions({ person, meId, mayDisable, onAction }: PersonColumnOptions & { person: PersonView }) {
  const invited = person.invitedUntil !== null
  const isMe = person.id === meId
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          variant="ghost"
          label={`Actions for ${person.name}`}
          icon={<EllipsisVertical aria-hidden />}
        />
      }
      groups={[
        {
          items: [
            {
              label: 'Edit roles…',
              icon: <ShieldCheck aria-hidden />,
              shortcut: 'e',
              onSelect: () => onAction('roles', person),
              disabledReason: invited
                ? 'Roles can be changed once the invitation is accepted; or invite again.'
                : null,
            },
            {
              label: 'New password…',
              icon: <KeyRound aria-hidden />,
              hint: 'A one-time link to choose one',
              onSelect: () => onAction('reset', person),
              disabledReason: invited
                ? 'The invitation lets choose a password.'
                : person.disabled
                  ? 'The account is disabled.'
                  : mayDisable,
            },
            person.disabled
              ? {
                  label: 'Enable',
                  icon: <RotateCcw aria-hidden />,
                  onSelect: () => onAction('enable', person),
                  disabledReason: mayDisable,
                }
              : {
                  label: invited ? 'Withdraw invitation…' : 'Disable…',
                  icon: <Ban aria-hidden />,
                  tone: 'danger',
                  onSelect: () => onAction('disable', person),
                  disabledReason: isMe
                    ? 'You cannot disable yourself; ask another administrator.'
                    : mayDisable,
                },
          ],
        },
      ]}
    />
  )
}
