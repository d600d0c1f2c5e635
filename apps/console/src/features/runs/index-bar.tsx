import type { RunTask } from '@fairlead/contracts/workflow'
import { cn } from '@fairlead/ui/cn'

type IndexBarProps = { indexes: NonNullable<RunTask['indexes']>; className?: string }

export const indexText = ({ size, succeeded, failed }: NonNullable<RunTask['indexes']>): string =>
  `${succeeded.toLocaleString('en')} of ${size.toLocaleString('en')} succeeded${failed > 0 ? `, ${failed.toLocaleString('en')} failed` : ''}`

/** How far a fan-out has come: succeeded and failed, of all. */
export function IndexBar({ indexes, className }: IndexBarProps) {
  const { size, succeeded, failed } = indexes
  const share = (count: number) => `${size === 0 ? 0 : (count / size) * 100}%`
  return (
    <span title={indexText(indexes)} className={cn('flex min-w-0 items-center gap-2 text-xs', className)}>
      <svg role="img" aria-label={indexText(indexes)} width="100%" height="6" className="min-w-6 flex-1">
        <rect width="100%" height="6" rx="1" className="fill-line" />
        <rect width={share(succeeded)} height="6" rx="1" className="fill-ok-solid" />
        <rect x={share(succeeded)} width={share(failed)} height="6" className="fill-fail-solid" />
      </svg>
      <span className="shrink-0 whitespace-nowrap text-muted">
        {(succeeded + failed).toLocaleString('en')}/{size.toLocaleString('en')}
        {failed > 0 ? <span className="text-fail"> · {failed.toLocaleString('en')} failed</span> : null}
      </span>
    </span>
  )
}
