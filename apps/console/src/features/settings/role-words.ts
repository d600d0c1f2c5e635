import { roleNames, type Role } from '@fairlead/contracts/permissions'

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'sees everything, changes nothing',
  deployer: 'deploys, rolls back, operates rollouts, scales and restarts',
  approver: 'approves and rejects stages',
  operator: 'operates rollouts, workloads and nodes, reads the audit log',
  administrator: 'may do everything there, rights included',
}

export interface NamedRole {
  /** Null: every project. */
  readonly project: string | null
  readonly role: Role
}

export const scopeText = (project: string | null): string => project ?? 'every project'

/** Roles by place, the whole installation first: `every project: administrator`. */
export function rolesByPlace(roles: readonly NamedRole[]): { project: string | null; roles: Role[] }[] {
  const places = new Map<string | null, Role[]>()
  for (const { project, role } of roles) places.set(project, [...(places.get(project) ?? []), role])
  return [...places]
    .map(([project, held]) => ({ project, roles: roleNames.filter((role) => held.includes(role)) }))
    .sort((a, b) => (a.project ?? '').localeCompare(b.project ?? ''))
}
