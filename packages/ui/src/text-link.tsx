import { AppLink, type AppLinkProps } from './app-link'
import { cn } from './cn'

/** A link in text: underlined, since colour alone doesn't tell it from the words around it. */
export function TextLink({ className, ...rest }: AppLinkProps) {
  return (
    <AppLink
      className={cn(
        'rounded-sm text-accent-text underline decoration-current/35 underline-offset-2 hover:decoration-current',
        className,
      )}
      {...rest}
    />
  )
}
