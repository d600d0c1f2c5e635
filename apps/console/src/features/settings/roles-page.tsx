'use client'

import {
  holds,
  permissions,
  roleNames,
  roles,
  rolesGranting,
  type Membership,
  type Permission,
} from '@fairlead/contracts/permissions'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { Check, Minus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTRPC } from '@/live/trpc'
import { RoleBadges } from './role-badges'
import { roleWords } from './role-words'

const permissionNames = Object.keys(permissions) as Permission[]

/** What each role may do, beside what you may do: the answer to "why can't I?". */
export function RolesPage() {
  const { data: me } = useQuery(useTRPC().session.me.queryOptions({}))
  const asked = useSearchParams().get('right')
  return (
    <>
      <PageHeader
        title="Roles"
        description="Why can’t I? Find the row: it names the roles that may, and where you hold one."
      />
      <div className="flex flex-col gap-4">
        {me ? (
          <Card title="Your roles">
            <div className="flex flex-wrap items-center gap-2">
              <RoleBadges roles={me.memberships.map(({ project, role }) => ({ project, role }))} />
            </div>
          </Card>
        ) : null}
        <Card title="What each role may do" flush>
          <RightsTable
            memberships={me?.memberships ?? null}
            projects={me?.projects ?? []}
            asked={permissionNames.find((name) => name === asked) ?? null}
          />
        </Card>
        <Card title="Rules that no role lifts">
          <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm text-muted marker:text-faint">
            <li>
              Nobody approves what they asked for, where the stage excludes the requester; an administrator
              neither.
            </li>
            <li>
              A token acts for its owner: it counts as the same person, and never may more than its role or
              its owner.
            </li>
            <li>
              A project’s people see of a cluster what the project’s destinations cover, and nothing else.
            </li>
            <li>The last administrator of the installation cannot be removed.</li>
          </ul>
        </Card>
      </div>
    </>
  )
}

type RightsTableProps = {
  memberships: readonly Membership[] | null
  projects: readonly { readonly id: string; readonly name: string }[]
  asked: Permission | null
}

function RightsTable({ memberships, projects, asked }: RightsTableProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Rights by role">
      <table className="w-full min-w-[860px] text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            <th scope="col" className="px-4 py-2 font-normal">
              Right
            </th>
            {roleNames.map((role) => (
              <th
                key={role}
                scope="col"
                className="w-24 px-1 py-2 text-center font-normal"
                title={roleWords[role]}
              >
                {role}
              </th>
            ))}
            <th scope="col" className="w-56 px-4 py-2 font-normal">
              You
            </th>
          </tr>
        </thead>
        <tbody>
          {permissionNames.map((permission) => (
            <tr
              key={permission}
              id={permission}
              className={`border-b border-line last:border-0 ${permission === asked ? 'bg-selected' : ''}`}
            >
              <th scope="row" className="px-4 py-1.5 text-left font-normal">
                <span className="inline-block first-letter:uppercase">{permissions[permission]}</span>{' '}
                <span className="font-mono text-xs whitespace-nowrap text-faint">{permission}</span>
              </th>
              {roleNames.map((role) => (
                <td key={role} className="text-center">
                  <Mark granted={(roles[role] as readonly Permission[]).includes(permission)} role={role} />
                </td>
              ))}
              <td className="px-4 py-1.5">
                {memberships === null ? null : <Mine {...{ permission, memberships, projects }} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Mark({ granted, role }: { granted: boolean; role: string }) {
  return (
    <span className="inline-flex align-middle">
      {granted ? (
        <Check aria-hidden className="size-4 text-ok" />
      ) : (
        <Minus aria-hidden className="size-4 text-faint" />
      )}
      <span className="sr-only">{`${role}: ${granted ? 'yes' : 'no'}`}</span>
    </span>
  )
}

type MineProps = {
  permission: Permission
  memberships: readonly Membership[]
  projects: RightsTableProps['projects']
}

function Mine({ permission, memberships, projects }: MineProps) {
  if (holds(memberships, permission, { kind: 'installation' })) return <Badge tone="ok">Everywhere</Badge>
  const where = projects.filter(({ id }) =>
    holds(memberships, permission, { kind: 'project', projectId: id }),
  )
  if (where.length > 0)
    return (
      <Badge tone="ok" title={where.map(({ name }) => name).join(', ')}>
        In {where.map(({ name }) => name).join(', ')}
      </Badge>
    )
  return <span className="text-muted">No: ask for {rolesGranting(permission).join(' or ')}</span>
}
