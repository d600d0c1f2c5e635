import { cn } from '@fairlead/ui/cn'
import { exactText } from '@fairlead/ui/time-text'

type NominalTimeProps = {
  at: string
  /** Where the heading says UTC already. */
  bare?: boolean
  className?: string
}

/** The moment that a run is for: a date and a time, which a relative one would blur. */
export function NominalTime({ at, bare, className }: NominalTimeProps) {
  const exact = exactText(new Date(at))
  return (
    <time
      dateTime={at}
      title={`Nominal time ${exact}`}
      className={cn('text-xs whitespace-nowrap text-muted', className)}
    >
      {exact.slice(0, 16)}
      {bare ? null : <span className="text-muted"> UTC</span>}
    </time>
  )
}
