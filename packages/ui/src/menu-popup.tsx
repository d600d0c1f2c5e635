'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { AppLink } from './app-link'
import { cn } from './cn'
import { Kbd } from './kbd'
import type { MenuAction, MenuProps } from './menu'

const itemLook =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-raised-hover data-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint'

/** The menu itself, open from the start: menu.tsx loads it when it is first wanted. */
export default function MenuPopup({ trigger, groups, header, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="popup-motion max-h-[70vh] max-w-80 min-w-48 overflow-y-auto rounded-lg border border-line-strong bg-raised shadow-float outline-none">
            {header ? <div className="border-b border-line px-3 py-2 text-sm">{header}</div> : null}
            {groups.map((group, index) => (
              <Base.Group
                key={group.group ?? index}
                className={cn('p-1', index > 0 && 'border-t border-line')}
              >
                {group.group ? (
                  <Base.GroupLabel className="px-2 py-1 text-xs text-faint">{group.group}</Base.GroupLabel>
                ) : null}
                {group.items.map((item) => (
                  <MenuRow key={item.label} item={item} />
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function MenuRow({ item }: { item: MenuAction }) {
  const note = item.disabledReason ?? item.hint
  const face = (
    <>
      {item.icon}
      <span className="min-w-0 flex-1">
        {item.label}
        {note ? <span className="block text-xs text-muted">{note}</span> : null}
      </span>
      {item.shortcut ? <Kbd keys={item.shortcut} /> : null}
    </>
  )
  const look = cn(itemLook, item.tone === 'danger' && 'text-fail [&_svg]:text-fail')
  if (item.href && !item.disabledReason) {
    return (
      <Base.LinkItem className={look} closeOnClick render={<AppLink href={item.href} />}>
        {face}
      </Base.LinkItem>
    )
  }
  return (
    <Base.Item className={look} disabled={Boolean(item.disabledReason)} onClick={() => item.onSelect?.()}>
      {face}
    </Base.Item>
  )
}
