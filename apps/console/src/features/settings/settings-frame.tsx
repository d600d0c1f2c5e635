'use client'

import { LinkTabs } from '@fairlead/ui/link-tabs'
import {
  CalendarClock,
  CircleUserRound,
  FolderTree,
  KeyRound,
  LockKeyhole,
  Server,
  ShieldCheck,
  Users,
  Wind,
} from 'lucide-react'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

const areas = [
  { href: '/settings/people', label: 'People', icon: <Users aria-hidden /> },
  { href: '/settings/projects', label: 'Projects', icon: <FolderTree aria-hidden /> },
  { href: '/settings/clusters', label: 'Clusters', icon: <Server aria-hidden /> },
  { href: '/settings/freeze', label: 'Freeze windows', icon: <CalendarClock aria-hidden /> },
  { href: '/settings/airflow', label: 'Airflow', icon: <Wind aria-hidden /> },
  { href: '/settings/repositories', label: 'Logins', icon: <LockKeyhole aria-hidden /> },
  { href: '/settings/tokens', label: 'Tokens', icon: <KeyRound aria-hidden /> },
  { href: '/settings/roles', label: 'Roles', icon: <ShieldCheck aria-hidden /> },
  { href: '/settings/you', label: 'You', icon: <CircleUserRound aria-hidden /> },
]

export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname()
  const current = areas.find(({ href }) => pathname.startsWith(href))?.href ?? ''
  return (
    <>
      <LinkTabs label="Settings" items={areas} current={current} className="mb-5" />
      {children}
    </>
  )
}
