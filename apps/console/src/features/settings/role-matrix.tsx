'use client'

import { roleNames, type Role } from '@fairlead/contracts/permissions'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Tooltip } from '@fairlead/ui/tooltip'
import { roleWords, scopeText, type NamedRole } from './role-words'

type RoleMatrixProps = {
  projects: readonly string[]
  /** Whether roles in every project may be given by whoever looks. */
  installation: boolean
  value: readonly NamedRole[]
  onChange: (value: NamedRole[]) => void
}

const same = (a: NamedRole, b: NamedRole): boolean => a.project === b.project && a.role === b.role

/** Who may do what where: a row per project, a column per role. */
export function RoleMatrix({ projects, installation, value, onChange }: RoleMatrixProps) {
  const places: (string | null)[] = [...(installation ? [null] : []), ...projects]
  const toggle = (project: string | null, role: Role, on: boolean) => {
    const others = value.filter((held) => !same(held, { project, role }))
    onChange(on ? [...others, { project, role }] : others)
  }
  return (
    <div
      className="overflow-x-auto rounded-md border border-line"
      tabIndex={0}
      role="region"
      aria-label="Roles"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="sticky left-0 bg-raised px-3 py-2 text-left font-normal">
              Project
            </th>
            {roleNames.map((role) => (
              <th key={role} scope="col" className="px-1.5 py-2 text-center font-normal">
                <Tooltip content={`${role}: ${roleWords[role]}`}>
                  <span tabIndex={0} className="rounded-sm underline decoration-dotted underline-offset-4">
                    {role}
                  </span>
                </Tooltip>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((project) => (
            <tr key={project ?? '*'} className="h-9 border-b border-line last:border-0">
              <th
                scope="row"
                className="sticky left-0 max-w-40 truncate bg-raised px-3 text-left font-normal"
                title={scopeText(project)}
              >
                {project === null ? <span className="font-medium">Every project</span> : project}
              </th>
              {roleNames.map((role) => (
                <td key={role} className="text-center">
                  <span className="inline-flex align-middle">
                    <Checkbox
                      ariaLabel={`${role} of ${scopeText(project)}`}
                      checked={value.some((held) => same(held, { project, role }))}
                      onCheckedChange={(on) => toggle(project, role, on)}
                    />
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
