'use client'

import type { PersonView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { DisablePerson } from './disable-person'
import { InviteDialog } from './invite-dialog'
import { NewPasswordDialog } from './new-password-dialog'
import { personColumns, type PersonAction } from './person-columns'
import { RolesSheet } from './roles-sheet'
import { useRights } from './use-rights'

export function PeoplePage() {
  const people = useQuery(useTRPC().person.list.queryOptions({}))
  const { me, may, whyNot } = useRights()
  const [text, setText] = useTextParam('q')
  const [inviting, setInviting] = useState(false)
  const [action, setAction] = useState<{ kind: PersonAction; person: PersonView } | null>(null)
  const mayDisable = whyNot('people.manage', { kind: 'installation' })
  const columns = useMemo(
    () =>
      personColumns({ meId: me?.id, mayDisable, onAction: (kind, person) => setAction({ kind, person }) }),
    [me?.id, mayDisable],
  )
  const mayInvite = may('people.manage', { kind: 'any' })
  useHotkey('i', () => setInviting(true), {
    description: 'Invite someone',
    group: 'People',
    enabled: mayInvite,
  })
  const shown = useMemo(() => matching(people.data ?? [], text), [people.data, text])
  return (
    <>
      <PageHeader
        title="People"
        description="Everyone who can sign in, and what each may do where. Roles add up."
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            onClick={() => setInviting(true)}
            disabledReason={whyNot('people.manage', { kind: 'any' })}
          >
            Invite
          </Button>
        }
      />
      {people.data ? (
        <div className="flex flex-col gap-3">
          <FilterInput label="Filter people" value={text} onChange={(event) => setText(event.target.value)} />
          <DataTable
            label="People"
            rows={shown}
            rowKey={(person) => person.id}
            columns={columns}
            rowHeight={36}
            onRowKey={(key, person) => {
              if (key === 'e' && person.invitedUntil === null) setAction({ kind: 'roles', person })
            }}
            empty={<EmptyState title={text === '' ? 'Nobody here yet.' : 'Nobody matches the filter.'} />}
          />
        </div>
      ) : people.error ? (
        <FaultState
          what="People are not shown."
          error={people.error}
          right="people.manage"
          onRetry={() => void people.refetch()}
          retrying={people.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows label="Loading people" />
        </div>
      )}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {action === null ? null : (
        <PersonActionDialog key={action.person.id} {...action} onClose={() => setAction(null)} />
      )}
    </>
  )
}

type PersonActionDialogProps = { kind: PersonAction; person: PersonView; onClose: () => void }

function PersonActionDialog({ kind, person, onClose }: PersonActionDialogProps) {
  if (kind === 'roles') return <RolesSheet person={person} onClose={onClose} />
  if (kind === 'reset') return <NewPasswordDialog person={person} onClose={onClose} />
  return <DisablePerson person={person} disable={kind === 'disable'} onClose={onClose} />
}

function matching(people: readonly PersonView[], text: string): readonly PersonView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return people
  return people.filter(({ name, email, memberships }) => {
    const roles = memberships.map(({ project, role }) => `${project ?? 'every project'} ${role}`)
    const all = `${name} ${email} ${roles.join(' ')}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
