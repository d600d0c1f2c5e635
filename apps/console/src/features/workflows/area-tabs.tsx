'use client'

import { LinkTabs } from '@fairlead/ui/link-tabs'
import { usePathname } from 'next/navigation'

const items = [
  { href: '/workflows', label: 'Workflows' },
  { href: '/workflows/calendar', label: 'Calendar' },
  { href: '/workflows/pools', label: 'Pools' },
  { href: '/workflows/lineage', label: 'Lineage' },
  { href: '/airflow', label: 'Airflow' },
]

/** What looks over all workflows. */
export function AreaTabs() {
  const pathname = usePathname()
  return (
    <LinkTabs
      label="Workflows"
      className="mb-4"
      current={pathname.startsWith('/airflow/') ? '/airflow' : pathname}
      items={items}
    />
  )
}
