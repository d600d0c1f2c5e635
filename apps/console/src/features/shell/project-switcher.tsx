'use client'

import { Button } from '@fairlead/ui/button'
import { Menu } from '@fairlead/ui/menu'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ShellData } from './shell-data'

type ProjectSwitcherProps = {
  projects: ShellData['projects']
  /** Null is "all projects". */
  projectId: string | null
  onProjectChange: (projectId: string | null) => void
}

export function ProjectSwitcher({ projects, projectId, onProjectChange }: ProjectSwitcherProps) {
  const chosen = projects.find((project) => project.id === projectId)
  const choices = [{ id: null, name: 'All projects' }, ...projects]
  return (
    <Menu
      align="start"
      trigger={
        <Button variant="ghost" size="sm" aria-label="Project" className="max-w-44 text-fg">
          <span className="truncate">{chosen?.name ?? 'All projects'}</span>
          <ChevronsUpDown aria-hidden className="text-faint" />
        </Button>
      }
      groups={[
        {
          group: 'Project',
          items: choices.map((project) => ({
            label: project.name,
            icon: project.id === projectId ? <Check aria-hidden /> : <span className="size-4" />,
            onSelect: () => onProjectChange(project.id),
          })),
        },
      ]}
    />
  )
}
