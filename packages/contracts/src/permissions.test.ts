import { describe, expect, it } from 'vitest'
import { holds, permissions, roles, type Permission } from './permissions'
import { surface } from './surface'

describe('permissions', () => {
  it('every entry of the surface asks for a permission that some role grants', () => {
    const granted = new Set<string>(Object.values(roles).flat())
    for (const [name, entry] of Object.entries(surface))
      if (entry.permission !== 'public') expect([name, granted.has(entry.permission)]).toEqual([name, true])
  })

  it('only an administrator may register clusters, invite people, mint tokens and freeze', () => {
    for (const permission of [
      'cluster.manage',
      'people.manage',
      'token.manage',
      'project.manage',
      'freeze.manage',
    ] satisfies Permission[])
      for (const [role, granted] of Object.entries(roles))
        expect([role, (granted as readonly string[]).includes(permission)]).toEqual([
          role,
          role === 'administrator',
        ])
  })

  it('a deployer may not approve, and an approver may not deploy', () => {
    expect(roles.deployer).not.toContain('rollout.approve')
    expect(roles.approver).not.toContain('rollout.create')
  })

  it('no role alone may both ask for an exception from a freeze and confirm one, but an administrator', () => {
    for (const [role, granted] of Object.entries(roles)) {
      const both = (['freeze.ask', 'freeze.confirm'] as const).every((permission) =>
        (granted as readonly string[]).includes(permission),
      )
      expect([role, both]).toEqual([role, role === 'administrator'])
    }
  })

  it('a role in one project grants nothing in another, and nothing on the installation', () => {
    const memberships = [{ projectId: 'a', role: 'administrator' as const }]
    for (const permission of Object.keys(permissions) as Permission[]) {
      expect(holds(memberships, permission, { kind: 'project', projectId: 'a' })).toBe(true)
      expect(holds(memberships, permission, { kind: 'project', projectId: 'b' })).toBe(false)
      expect(holds(memberships, permission, { kind: 'installation' })).toBe(false)
    }
  })
})
