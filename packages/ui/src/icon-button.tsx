'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'
import { cn } from './cn'
import { Tooltip } from './tooltip'

export type IconButtonProps = Omit<ButtonProps, 'children' | 'icon'> & {
  /** Read aloud and shown as the tooltip. */
  label: string
  icon: ReactNode
  shortcut?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
}

export function IconButton({ label, icon, shortcut, side, className, size, ...rest }: IconButtonProps) {
  const square = size === 'sm' ? 'w-7 px-0' : size === 'lg' ? 'w-9 px-0' : 'w-8 px-0'
  const button = (
    <Button
      variant="ghost"
      size={size}
      aria-label={label}
      icon={icon}
      className={cn(square, className)}
      {...rest}
    />
  )
  if (rest.disabledReason) return button
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      {button}
    </Tooltip>
  )
}
