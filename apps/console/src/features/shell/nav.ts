import {
  BadgeCheck,
  BookCheck,
  Boxes,
  Inbox,
  LayoutGrid,
  ListChecks,
  Rocket,
  ScrollText,
  Server,
  Settings,
  Waypoints,
  Workflow,
  type LucideIcon,
} from 'lucide-react'

export type NavItem = {
  href: string
  label: string
  icon: LucideIcon
  /** The letter after `g`. */
  letter: string
  /** kubectl's short names and other words that find it in the palette. */
  keywords?: readonly string[]
}

export const navItems: readonly NavItem[] = [
  { href: '/fleet', label: 'Fleet', icon: LayoutGrid, letter: 'f', keywords: ['overview', 'home'] },
  { href: '/clusters', label: 'Clusters', icon: Server, letter: 'c', keywords: ['no', 'nodes'] },
  {
    href: '/workloads',
    label: 'Workloads',
    icon: Boxes,
    letter: 'o',
    keywords: ['po', 'deploy', 'sts', 'ds', 'cm', 'pods', 'pvc', 'secrets', 'crd'],
  },
  {
    href: '/network',
    label: 'Network',
    icon: Waypoints,
    letter: 'n',
    keywords: ['svc', 'ing', 'services', 'ingress', 'gateway', 'endpoints', 'netpol', 'tls'],
  },
  {
    href: '/applications',
    label: 'Applications',
    icon: BookCheck,
    letter: 'a',
    keywords: ['stages', 'releases'],
  },
  { href: '/rollouts', label: 'Rollouts', icon: Rocket, letter: 'r', keywords: ['deployments'] },
  {
    href: '/workflows',
    label: 'Workflows',
    icon: Workflow,
    letter: 'w',
    keywords: ['dag', 'airflow', 'schedule', 'cron', 'pools', 'calendar', 'lineage'],
  },
  { href: '/runs', label: 'Runs', icon: ListChecks, letter: 'u', keywords: ['jobs', 'tasks'] },
  { href: '/approvals', label: 'Approvals', icon: Inbox, letter: 'p', keywords: ['inbox'] },
  {
    href: '/audits',
    label: 'Audits',
    icon: BadgeCheck,
    letter: 'd',
    keywords: ['readiness', 'checklist', 'findings', 'waivers', 'pdb'],
  },
  { href: '/audit-log', label: 'Audit log', icon: ScrollText, letter: 'l', keywords: ['history', 'who'] },
  {
    href: '/settings',
    label: 'Settings',
    icon: Settings,
    letter: 's',
    keywords: ['people', 'roles', 'tokens', 'password', 'account', 'freeze', 'windows', 'exceptions'],
  },
]

/** Pages of an area that have a path of their own. */
const parts: Readonly<Record<string, string>> = { '/workflows': '/airflow' }

/** The area a path belongs to: `/clusters/eu-1/nodes` is in Clusters. */
export const isInArea = (pathname: string, href: string): boolean =>
  [href, parts[href]].some(
    (path) => path !== undefined && (pathname === path || pathname.startsWith(`${path}/`)),
  )
