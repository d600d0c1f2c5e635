'use client'

import {
  holds,
  permissions,
  rolesGranting,
  type Permission,
  type Scope,
} from '@fairlead/contracts/permissions'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** What whoever is signed in may do, and in words why not. */
export function useRights() {
  const { data: me } = useQuery(useTRPC().session.me.queryOptions({}))
  const may = (permission: Permission, scope: Scope): boolean =>
    me === undefined || holds(me.memberships, permission, scope)
  const whyNot = (permission: Permission, scope: Scope): string | null =>
    may(permission, scope)
      ? null
      : `You may not ${permissions[permission]}: needs the role ${rolesGranting(permission).join(' or ')} (${permission})${
          scope.kind === 'installation' ? ' in every project' : ''
        }, which an administrator can give.`
  return { me, may, whyNot }
}
