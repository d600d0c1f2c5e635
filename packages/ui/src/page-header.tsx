import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { AppLink } from './app-link'
import { cn } from './cn'

export type Crumb = { label: string; href?: string | undefined }
export type PageHeaderProps = {
  title: ReactNode
  breadcrumbs?: readonly Crumb[] | undefined
  /** Status marks, cluster badges and the like beside the title. */
  marks?: ReactNode
  description?: ReactNode
  freshness?: ReactNode
  actions?: ReactNode
  className?: string | undefined
}

export function PageHeader(props: PageHeaderProps) {
  const { title, breadcrumbs, marks, description, freshness, actions, className } = props
  return (
    <header className={cn('flex flex-wrap items-end gap-x-4 gap-y-3 pb-4', className)}>
      <div className="min-w-0 flex-1 basis-64">
        {breadcrumbs && breadcrumbs.length > 0 ? <Breadcrumbs crumbs={breadcrumbs} className="mb-1" /> : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
          {marks}
        </div>
        {description ? <p className="mt-0.5 max-w-3xl text-sm text-muted">{description}</p> : null}
      </div>
      {freshness || actions ? (
        <div className="flex flex-wrap items-center gap-2">
          {freshness ? <span className="mr-1">{freshness}</span> : null}
          {actions}
        </div>
      ) : null}
    </header>
  )
}

export function Breadcrumbs({
  crumbs,
  className,
}: {
  crumbs: readonly Crumb[]
  className?: string | undefined
}) {
  return (
    <nav
      aria-label="Breadcrumbs"
      className={cn('flex min-w-0 items-center gap-1 text-xs text-muted', className)}
    >
      {crumbs.map((crumb, index) => (
        <Fragment key={`${crumb.label}${index}`}>
          {index > 0 ? <ChevronRight aria-hidden className="size-3 shrink-0 text-faint" /> : null}
          {crumb.href ? (
            <AppLink href={crumb.href} className="truncate rounded-sm hover:text-fg">
              {crumb.label}
            </AppLink>
          ) : (
            <span className="truncate text-fg" aria-current="page">
              {crumb.label}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  )
}
