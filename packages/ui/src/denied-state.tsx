import { LockKeyhole } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from './badge'
import { cn } from './cn'

export type DeniedStateProps = {
  /** What you may not do or see: "You may not see this cluster." */
  what: string
  /** The missing right, as it is called in Settings, e.g. `cluster:read`. */
  right: string
  /** People or teams who can give it. */
  grantedBy: readonly string[]
  children?: ReactNode
  className?: string | undefined
}

export function DeniedState({ what, right, grantedBy, children, className }: DeniedStateProps) {
  return (
    <div
      className={cn(
        'mx-auto flex max-w-lg flex-col items-center gap-3 px-4 py-14 text-center text-sm',
        className,
      )}
    >
      <LockKeyhole aria-hidden className="size-6 text-faint" />
      <p className="text-base font-semibold">{what}</p>
      <p className="text-muted">
        Missing right{' '}
        <Badge mono className="align-middle text-fg">
          {right}
        </Badge>
      </p>
      <p className="text-muted">
        {grantedBy.length > 0 ? (
          <>
            It can be given by <span className="text-fg">{grantedBy.join(', ')}</span>.
          </>
        ) : (
          'It can be given by a system administrator.'
        )}
      </p>
      {children}
    </div>
  )
}
