'use client'

import { AppLink } from '@fairlead/ui/app-link'
import { Kbd } from '@fairlead/ui/kbd'
import { Logo } from '@fairlead/ui/logo'
import { Search } from 'lucide-react'
import { ConnectionMark } from './connection-mark'
import { CrumbSlot } from './crumbs'
import { ProjectSwitcher } from './project-switcher'
import type { Connection, ShellData } from './shell-data'
import { ThemeToggle } from './theme-toggle'
import { UserMenu } from './user-menu'

type TopbarProps = {
  data: ShellData
  connection: Connection | undefined
  projectId: string | null
  onProjectChange?: ((projectId: string | null) => void) | undefined
  onSignOut?: (() => void) | undefined
  onSearch: () => void
  onHelp: () => void
}

export function Topbar(props: TopbarProps) {
  const { data, connection, projectId, onProjectChange, onSignOut, onSearch, onHelp } = props
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-canvas px-3 md:px-5">
      <AppLink href="/fleet" aria-label="Fairlead, to the fleet" className="mr-1 rounded-md md:hidden">
        <Logo />
      </AppLink>
      {onProjectChange && data.projects.length > 0 ? (
        <span className="-ml-2 flex items-center max-sm:hidden">
          <ProjectSwitcher projects={data.projects} projectId={projectId} onProjectChange={onProjectChange} />
          <span aria-hidden className="mx-1 h-4 w-px rotate-[18deg] bg-line-strong" />
        </span>
      ) : null}
      <div className="min-w-0 flex-1">
        <CrumbSlot />
      </div>
      {connection ? <ConnectionMark connection={connection} /> : null}
      <button
        type="button"
        onClick={onSearch}
        aria-label="Search and commands"
        className="flex h-8 items-center gap-2 rounded-md text-sm text-muted transition-colors hover:text-fg max-sm:size-8 max-sm:justify-center sm:w-56 sm:border sm:border-line sm:bg-surface sm:px-2.5 sm:hover:border-line-strong"
      >
        <Search aria-hidden className="size-4 text-faint" />
        <span className="flex-1 text-left max-sm:hidden">Search or go to…</span>
        <Kbd keys="mod+k" className="max-sm:hidden" />
      </button>
      <ThemeToggle />
      <UserMenu user={data.user} onHelp={onHelp} onSignOut={onSignOut} />
    </header>
  )
}
