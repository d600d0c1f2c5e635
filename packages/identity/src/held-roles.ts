import {
  holds,
  roleNames,
  roles,
  type Membership,
  type Permission,
  type Role,
} from '@fairlead/contracts/permissions'

export const roleOf = (text: string): Role | undefined => roleNames.find((role) => role === text)

/** Whether everything that `role` may do there may be done with these memberships. */
export function holdsRole(held: readonly Membership[], projectId: string | null, role: Role): boolean {
  const scope =
    projectId === null ? ({ kind: 'installation' } as const) : ({ kind: 'project', projectId } as const)
  return roles[role].every((permission) => holds(held, permission, scope))
}

/** `role` itself where it is still held in full; otherwise every role that is part of it and held. */
export function rolesWithin(held: readonly Membership[], projectId: string | null, role: Role): Role[] {
  if (holdsRole(held, projectId, role)) return [role]
  const wanted: readonly Permission[] = roles[role]
  return roleNames.filter(
    (part) =>
      roles[part].every((permission) => wanted.includes(permission)) && holdsRole(held, projectId, part),
  )
}
