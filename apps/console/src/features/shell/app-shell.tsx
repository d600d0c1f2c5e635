'use client'

import { GitCompareArrows, Keyboard, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffectEvent, useMemo, useState, type ReactNode } from 'react'
import { CrumbProvider } from './crumbs'
import { HotkeyProvider, useHotkey } from './hotkeys'
import { MobileNav } from './mobile-nav'
import { navItems, type NavItem } from './nav'
import { PaletteProvider, usePaletteItems, type PaletteItem } from './palette'
import { PaletteHost } from './palette-host'
import { sidebarCookie, type Connection, type ShellData } from './shell-data'
import { Sidebar } from './sidebar'
import { Topbar } from './topbar'

const ShortcutsDialog = lazy(() => import('./shortcuts-dialog'))

export type AppShellProps = {
  data: ShellData
  children: ReactNode
  initiallyCollapsed?: boolean | undefined
  /** Left out while there is no live connection to speak of. */
  connection?: Connection | undefined
  projectId?: string | null | undefined
  onProjectChange?: ((projectId: string | null) => void) | undefined
  onSignOut?: (() => void) | undefined
}

/** The frame around every page: areas, top bar, palette, help and keys. */
export function AppShell(props: AppShellProps) {
  return (
    <HotkeyProvider>
      <PaletteProvider>
        <CrumbProvider>
          <Frame {...props} />
        </CrumbProvider>
      </PaletteProvider>
    </HotkeyProvider>
  )
}

function Frame(props: AppShellProps) {
  const { data, children, initiallyCollapsed = false } = props
  const [collapsed, setCollapsed] = useState(initiallyCollapsed)
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const toggleSidebar = () => {
    const next = !collapsed
    setCollapsed(next)
    document.cookie = `${sidebarCookie}=${next ? 'collapsed' : 'wide'}; path=/; max-age=31536000; samesite=lax`
  }
  useShellKeys({
    onPalette: () => setOpen('palette'),
    onHelp: () => setOpen('help'),
    onSidebar: toggleSidebar,
  })
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-1.5"
      >
        Skip to content
      </a>
      <Sidebar collapsed={collapsed} onToggle={toggleSidebar} approvalsWaiting={data.approvalsWaiting ?? 0} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Topbar
          data={data}
          connection={props.connection}
          projectId={props.projectId ?? null}
          onProjectChange={props.onProjectChange}
          onSignOut={props.onSignOut}
          onSearch={() => setOpen('palette')}
          onHelp={() => setOpen('help')}
        />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-3 pt-4 pb-20 outline-none md:px-5 md:pb-6">
          {children}
        </main>
      </div>
      <MobileNav approvalsWaiting={data.approvalsWaiting ?? 0} />
      {navItems.map((item) => (
        <GoTo key={item.href} item={item} />
      ))}
      <PaletteHost open={open === 'palette'} onOpenChange={(next) => setOpen(next ? 'palette' : null)} />
      {open === 'help' ? (
        <Suspense fallback={null}>
          <ShortcutsDialog open onOpenChange={(next) => setOpen(next ? 'help' : null)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** What people begin from anywhere. */
const begun: readonly PaletteItem[] = [
  {
    id: 'register',
    label: 'Register cluster',
    icon: <Plus aria-hidden />,
    href: '/settings/clusters/register',
    keywords: ['add', 'kubeconfig'],
  },
  {
    id: 'new-workflow',
    label: 'New workflow',
    icon: <Plus aria-hidden />,
    href: '/workflows/new',
    keywords: ['dag', 'schedule', 'create'],
  },
  {
    id: 'compare',
    label: 'Compare namespaces or clusters',
    icon: <GitCompareArrows aria-hidden />,
    href: '/fleet/compare',
    keywords: ['diff', 'drift', 'stages'],
  },
]

type ShellKeys = { onPalette: () => void; onHelp: () => void; onSidebar: () => void }

function useShellKeys({ onPalette, onHelp, onSidebar }: ShellKeys) {
  const group = 'Everywhere'
  useHotkey('mod+k', onPalette, { description: 'Search and commands', group })
  useHotkey('?', onHelp, { description: 'This help', group })
  useHotkey('/', focusFilter, { description: 'Filter this page', group })
  useHotkey('mod+b', onSidebar, { description: 'Narrow or widen the sidebar', group })
  const pages = useMemo<PaletteItem[]>(
    () =>
      navItems.map(({ href, label, icon: Icon, letter, keywords }) => ({
        id: `go:${href}`,
        label,
        icon: <Icon aria-hidden />,
        href,
        shortcut: `g ${letter}`,
        keywords,
      })),
    [],
  )
  usePaletteItems('Go to', pages)
  const help = useEffectEvent(onHelp)
  const actions = useMemo<PaletteItem[]>(
    () => [
      {
        id: 'help',
        label: 'Keyboard shortcuts',
        icon: <Keyboard aria-hidden />,
        shortcut: '?',
        onSelect: () => help(),
      },
    ],
    [],
  )
  usePaletteItems('Actions', actions)
  usePaletteItems('Actions', begun)
}

function GoTo({ item }: { item: NavItem }) {
  const router = useRouter()
  useHotkey(`g ${item.letter}`, () => router.push(item.href), { description: item.label, group: 'Go to' })
  return null
}

function focusFilter() {
  const filter = document.querySelector<HTMLInputElement>('[data-filter-input]')
  filter?.focus()
  filter?.select()
}
