'use client'

import { AppLink } from '@fairlead/ui/app-link'
import { cn } from '@fairlead/ui/cn'
import { Sheet } from '@fairlead/ui/sheet'
import { Menu as MenuIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { isInArea, navItems } from './nav'
import { WaitingCount } from './sidebar'

const inBar = ['/fleet', '/workloads', '/rollouts', '/approvals']
const cellLook = 'relative flex h-13 flex-1 flex-col items-center justify-center gap-0.5 text-2xs'

/** On a phone: the four areas one needs on call under the thumb, the others one tap further. */
export function MobileNav({ approvalsWaiting }: { approvalsWaiting: number }) {
  const pathname = usePathname()
  const [open, setOpen] = useState(false)
  const rest = navItems.filter((item) => !inBar.includes(item.href))
  const inRest = rest.some((item) => isInArea(pathname, item.href))
  return (
    <>
      <nav
        aria-label="Areas"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {navItems
          .filter((item) => inBar.includes(item.href))
          .map(({ href, label, icon: Icon }) => {
            const current = isInArea(pathname, href)
            return (
              <AppLink
                key={href}
                href={href}
                className={cn(cellLook, current ? 'font-medium text-fg' : 'text-muted')}
                {...(current ? { 'aria-current': 'page' as const } : {})}
              >
                <span className="relative">
                  <Icon aria-hidden className="size-5" />
                  {href === '/approvals' && approvalsWaiting > 0 ? (
                    <span className="absolute -top-1.5 left-3">
                      <WaitingCount count={approvalsWaiting} />
                    </span>
                  ) : null}
                </span>
                {label}
              </AppLink>
            )
          })}
        <button
          type="button"
          aria-expanded={open}
          className={cn(cellLook, inRest ? 'font-medium text-fg' : 'text-muted')}
          onClick={() => setOpen(true)}
        >
          <MenuIcon aria-hidden className="size-5" />
          More
        </button>
      </nav>
      <Sheet open={open} onOpenChange={setOpen} side="bottom" title="More">
        <nav aria-label="More areas" className="-m-2 flex flex-col">
          {rest.map(({ href, label, icon: Icon }) => (
            <AppLink
              key={href}
              href={href}
              onClick={() => setOpen(false)}
              className="flex h-11 items-center gap-3 rounded-md px-2 text-base hover:bg-raised-hover"
              {...(isInArea(pathname, href) ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon aria-hidden className="size-5 text-faint" />
              {label}
            </AppLink>
          ))}
        </nav>
      </Sheet>
    </>
  )
}
