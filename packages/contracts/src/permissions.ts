/** What may be done, each with the words that a denial shows. */
export const permissions = {
  'self.use': 'use Fairlead when signed in',
  'project.view': 'see a project and its applications',
  'inventory.view': 'see clusters and their objects',
  'logs.view': 'read container logs',
  'application.write': 'create and change applications',
  'rollout.create': 'deploy and roll back',
  'rollout.approve': 'approve or reject a stage',
  'rollout.operate': 'pause, resume and cancel rollouts',
  'workflow.write': 'create and change workflows and pools',
  'workflow.run': 'start and backfill workflows',
  'run.operate': 'cancel, clear and pause workflows',
  'run.approve': 'approve or reject a task',
  'workload.operate': 'scale and restart workloads',
  'check.waive': 'waive readiness checks',
  'object.write': 'edit and delete objects by hand',
  'shell.open': 'open a shell in a container',
  'node.operate': 'cordon, uncordon and drain nodes',
  'freeze.ask': 'ask for an exception from a freeze window',
  'freeze.confirm': 'confirm and review exceptions from freeze windows',
  'audit.view': 'read the audit log',
  'freeze.manage': 'create, change and delete freeze windows',
  'project.manage': 'create projects and choose their destinations',
  'cluster.manage': 'register and remove clusters',
  'airflow.manage': 'connect and remove Airflow installations',
  'people.manage': 'invite people and give roles',
  'token.manage': 'create and revoke API tokens',
} as const

export type Permission = keyof typeof permissions

/** Roles add up: a person may hold several in one project, or on the whole installation. */
export const roles = {
  viewer: ['self.use', 'project.view', 'inventory.view', 'logs.view'],
  deployer: [
    'self.use',
    'project.view',
    'inventory.view',
    'logs.view',
    'application.write',
    'rollout.create',
    'rollout.operate',
    'workflow.write',
    'workflow.run',
    'run.operate',
    'workload.operate',
    'freeze.ask',
  ],
  approver: [
    'self.use',
    'project.view',
    'inventory.view',
    'logs.view',
    'rollout.approve',
    'run.approve',
    'freeze.confirm',
  ],
  operator: [
    'self.use',
    'project.view',
    'inventory.view',
    'logs.view',
    'rollout.operate',
    'rollout.create',
    'workflow.run',
    'run.operate',
    'workload.operate',
    'check.waive',
    'object.write',
    'shell.open',
    'node.operate',
    'freeze.ask',
    'audit.view',
  ],
  administrator: Object.keys(permissions) as Permission[],
} as const satisfies Record<string, readonly Permission[]>

export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as [Role, ...Role[]]

/** A role in one project, or, with `projectId` null, on the whole installation. */
export interface Membership {
  readonly projectId: string | null
  readonly role: Role
}

/** Where a permission is needed: one project, the whole installation, or at least one project. */
export type Scope =
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'installation' }
  | { readonly kind: 'any' }

export function rolesGranting(permission: Permission): Role[] {
  return roleNames.filter((role) => (roles[role] as readonly Permission[]).includes(permission))
}

export function holds(memberships: readonly Membership[], permission: Permission, scope: Scope): boolean {
  return memberships.some((membership) => {
    if (!(roles[membership.role] as readonly Permission[]).includes(permission)) return false
    if (membership.projectId === null || scope.kind === 'any') return true
    return scope.kind === 'project' && membership.projectId === scope.projectId
  })
}
