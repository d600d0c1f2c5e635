'use client'

import { Dialog } from '@fairlead/ui/dialog'
import { Kbd } from '@fairlead/ui/kbd'
import { useHotkeyList, type Hotkey } from './hotkeys'

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

const tableKeys: readonly Pick<Hotkey, 'keys' | 'description'>[] = [
  { keys: 'j', description: 'Next row' },
  { keys: 'k', description: 'Previous row' },
  { keys: 'enter', description: 'Open the row' },
]

/** The `?` help: what can be pressed here and now. */
export default function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const hotkeys = useHotkeyList()
  const groups = new Map<string, Hotkey[]>()
  for (const hotkey of hotkeys) groups.set(hotkey.group, [...(groups.get(hotkey.group) ?? []), hotkey])
  const lists: [string, readonly Pick<Hotkey, 'keys' | 'description'>[]][] = [
    ...groups,
    ['Tables', tableKeys],
  ]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="lg">
      <div className="columns-1 gap-8 pb-2 sm:columns-2">
        {lists.map(([heading, list]) => (
          <section key={heading} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs text-faint">{heading}</h3>
            <dl>
              {list.map((hotkey) => (
                <div
                  key={`${hotkey.keys}${hotkey.description}`}
                  className="flex h-8 items-center justify-between gap-4"
                >
                  <dt className="truncate">{hotkey.description}</dt>
                  <dd>
                    <Kbd keys={hotkey.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
