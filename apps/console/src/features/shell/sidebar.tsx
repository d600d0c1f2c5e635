'use client'

import { AppLink } from '@fairlead/ui/app-link'
import { cn } from '@fairlead/ui/cn'
import { IconButton } from '@fairlead/ui/icon-button'
import { Logo } from '@fairlead/ui/logo'
import { Tooltip } from '@fairlead/ui/tooltip'
import { PanelLeft } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { isInArea, navItems, type NavItem } from './nav'

type SidebarProps = { collapsed: boolean; onToggle: () => void; approvalsWaiting: number }

export function Sidebar({ collapsed, onToggle, approvalsWaiting }: SidebarProps) {
  const pathname = usePathname()
  return (
    <aside
      className={cn(
        'sticky top-0 flex h-dvh shrink-0 flex-col border-r border-line bg-canvas max-md:hidden',
        collapsed ? 'w-13' : 'w-52',
      )}
    >
      <div
        className={cn('flex h-12 items-center', collapsed ? 'justify-center' : 'justify-between pr-2 pl-4')}
      >
        <AppLink
          href="/fleet"
          aria-label="Fairlead, to the fleet"
          className="flex items-center gap-2 rounded-md"
        >
          <Logo />
          {collapsed ? null : <span className="text-base font-semibold tracking-tight">Fairlead</span>}
        </AppLink>
        {collapsed ? null : <Toggle collapsed={collapsed} onToggle={onToggle} />}
      </div>
      <nav aria-label="Areas" className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 py-1">
        {navItems.map((item) => (
          <SidebarLink
            key={item.href}
            item={item}
            collapsed={collapsed}
            current={isInArea(pathname, item.href)}
            count={item.href === '/approvals' ? approvalsWaiting : 0}
          />
        ))}
      </nav>
      {collapsed ? (
        <div className="flex justify-center pb-3">
          <Toggle collapsed={collapsed} onToggle={onToggle} />
        </div>
      ) : null}
    </aside>
  )
}

function Toggle({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  return (
    <IconButton
      size="sm"
      label={collapsed ? 'Widen the sidebar' : 'Narrow the sidebar'}
      shortcut="mod+b"
      side="right"
      icon={<PanelLeft aria-hidden />}
      onClick={onToggle}
    />
  )
}

type SidebarLinkProps = { item: NavItem; collapsed: boolean; current: boolean; count: number }

function SidebarLink({ item, collapsed, current, count }: SidebarLinkProps) {
  const Icon = item.icon
  const link = (
    <AppLink
      href={item.href}
      className={cn(
        'relative flex h-8 items-center gap-2.5 rounded-md text-sm transition-colors',
        collapsed ? 'justify-center' : 'px-2',
        current ? 'bg-hover font-medium text-fg' : 'text-muted hover:bg-hover hover:text-fg',
      )}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon aria-hidden className={cn('size-4 shrink-0', current ? 'text-fg' : 'text-faint')} />
      <span className={collapsed ? 'sr-only' : 'flex-1 truncate'}>{item.label}</span>
      {count > 0 ? <WaitingCount count={count} corner={collapsed} /> : null}
    </AppLink>
  )
  return collapsed ? (
    <Tooltip content={item.label} shortcut={`g ${item.letter}`} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  )
}

export function WaitingCount({ count, corner }: { count: number; corner?: boolean }) {
  return (
    <span
      className={cn(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-1 text-2xs font-medium text-on-accent',
        corner && 'absolute -top-0.5 -right-0.5 h-4 min-w-4',
      )}
    >
      {count > 99 ? '99+' : count}
      <span className="sr-only"> waiting for you</span>
    </span>
  )
}
