'use client'

import type { PersonView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { Sheet } from '@fairlead/ui/sheet'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { asUser } from './brand'
import { FaultLine } from './fault-line'
import { RoleMatrix } from './role-matrix'
import type { NamedRole } from './role-words'
import { useGivableProjects } from './use-givable-projects'

type RolesSheetProps = { person: PersonView; onClose: () => void }

export function RolesSheet({ person, onClose }: RolesSheetProps) {
  const { projects, installation } = useGivableProjects()
  const [roles, setRoles] = useState<readonly NamedRole[]>(person.memberships)
  const change = useMutation(useTRPC().person.setMemberships.mutationOptions())
  const changes = differences(person.memberships, roles)
  const save = () =>
    change.mutate(
      { user: asUser(person.id), memberships: [...roles] },
      {
        onSuccess: () => {
          toast.success(`Roles of ${person.name} saved`, {
            description: 'They hold from the next request on.',
          })
          onClose()
        },
      },
    )
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Roles of ${person.name}`}
      description={person.email}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            loading={change.isPending}
            disabledReason={changes.length === 0 ? 'Nothing is changed.' : null}
            onClick={save}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <p className="text-muted">
          Roles add up, and one in every project counts in each of them. A change ends or opens what live
          pages show within a minute.
        </p>
        <RoleMatrix projects={projects} installation={installation} value={roles} onChange={setRoles} />
        {changes.length > 0 ? (
          <ul aria-label="Changes" className="flex flex-col gap-1">
            {changes.map((text) => (
              <li key={text} className="font-mono text-xs">
                {text}
              </li>
            ))}
          </ul>
        ) : null}
        <FaultLine error={change.error} />
      </div>
    </Sheet>
  )
}

function differences(before: readonly NamedRole[], after: readonly NamedRole[]): string[] {
  const key = ({ project, role }: NamedRole): string => `${role} of ${project ?? 'every project'}`
  const had = new Set(before.map(key))
  const has = new Set(after.map(key))
  return [
    ...[...has].filter((text) => !had.has(text)).map((text) => `+ ${text}`),
    ...[...had].filter((text) => !has.has(text)).map((text) => `− ${text}`),
  ]
}
