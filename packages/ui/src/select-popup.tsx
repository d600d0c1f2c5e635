'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { cn } from './cn'
import { useFieldControl } from './field-context'
import { selectLook, type SelectProps } from './select'

/** The list itself, open from the start: select.tsx loads it when it is first wanted. */
export default function SelectPopup<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, label, placeholder = 'Choose…', name, disabled, className } = props
  const control = useFieldControl()
  const chosen = options.find((option) => option.value === value)
  return (
    <Base.Root
      defaultOpen
      items={options}
      value={value}
      onValueChange={(next) => (next === null ? undefined : onValueChange(next))}
      name={name}
      disabled={disabled}
    >
      <Base.Trigger {...control} aria-label={label} className={cn(selectLook, className)}>
        {chosen?.icon}
        <Base.Value className={cn('min-w-0 flex-1 truncate', !chosen && 'text-faint')}>
          {() => chosen?.label ?? placeholder}
        </Base.Value>
        <ChevronsUpDown aria-hidden className="shrink-0 text-faint" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="popup-motion max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-float outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-raised-hover [&_svg]:size-4"
              >
                {option.icon}
                <Base.ItemText className="flex-1">
                  {option.label}
                  {option.hint ? <span className="block text-xs text-muted">{option.hint}</span> : null}
                </Base.ItemText>
                <Base.ItemIndicator>
                  <Check aria-hidden className="text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
