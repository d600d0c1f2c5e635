'use client'

import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { AppLink } from './app-link'
import { buttonVariants, type ButtonVariants } from './button-variants'
import { cn } from './cn'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  ButtonVariants & {
    icon?: ReactNode
    loading?: boolean | undefined
    /** Why this can't be done now, who can unblock it, until when. Its presence disables the button. */
    disabledReason?: string | null | undefined
    /** Makes it a link that looks like a button. */
    href?: string | undefined
  }

/** A button that can't be pressed stays focusable and says why: there is no bare `disabled`. */
export function Button(props: ButtonProps) {
  const { variant, size, icon, loading, disabledReason, href, className, children, onClick, ...rest } = props
  const blocked = Boolean(disabledReason) || loading === true
  const look = cn(buttonVariants({ variant, size }), className)
  const face = (
    <>
      {loading ? <Spinner /> : icon}
      {children}
    </>
  )
  if (href && !blocked) {
    return (
      <AppLink href={href} className={look} aria-label={rest['aria-label']} title={rest.title}>
        {face}
      </AppLink>
    )
  }
  const press = (event: MouseEvent<HTMLButtonElement>) =>
    blocked ? event.preventDefault() : onClick?.(event)
  const button = (
    <button
      type="button"
      {...rest}
      className={look}
      onClick={press}
      {...(blocked ? { 'aria-disabled': true } : {})}
      {...(loading ? { 'aria-busy': true } : {})}
      {...(disabledReason ? { 'aria-description': disabledReason } : {})}
    >
      {face}
    </button>
  )
  return disabledReason ? (
    <Tooltip content={disabledReason} delayMs={80}>
      {button}
    </Tooltip>
  ) : (
    button
  )
}
