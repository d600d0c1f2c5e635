'use client'

import { LinkTabs } from '@fairlead/ui/link-tabs'
import { usePathname } from 'next/navigation'

const items = [
  { href: '/workflows', label: 'Workflows' },
  { href: '/workflows/calendar', label: 'Calendar' },
  { href: '/workflows/pools', label: 'Pools' },
  { href: '/workflows/lineage', label: 'Lineage' },
]

/** What looks over all workflows. */
export const AreaTabs = () => (
  <LinkTabs label="Workflows" className="mb-4" current={usePathname()} items={items} />
)
