import type { ApplicationSummary, StageSummary } from '@fairlead/contracts/application'
import { AppLink } from '@fairlead/ui/app-link'
import { Badge } from '@fairlead/ui/badge'
import { cn } from '@fairlead/ui/cn'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { ChevronRight, UserCheck } from 'lucide-react'
import { applicationHref, rolloutHref } from '@/features/rollouts/addresses'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { movingIn } from './moving'
import { HoldBadge, ProductionMark, StageStanding } from './stage-standing'

/** One application: its name, then its stages in order, each with what is there and what is on the way. */
export function ApplicationRow({ application }: { application: ApplicationSummary }) {
  const { name, project, stages, updatedAt } = application
  return (
    <li className="flex min-w-0 flex-col border-t border-line [contain-intrinsic-size:auto_92px] [content-visibility:auto] first:border-t-0 md:flex-row">
      <div className="flex min-w-0 shrink-0 flex-col justify-center gap-0.5 px-4 py-2.5 md:w-56">
        <AppLink
          href={applicationHref({ project, application: name })}
          data-application=""
          className="truncate rounded-sm text-sm font-semibold hover:underline"
          title={name}
        >
          {name}
        </AppLink>
        <span className="truncate text-xs text-muted">
          {project} · changed <RelativeTime at={updatedAt} />
        </span>
      </div>
      <ol
        aria-label={`Stages of ${name}`}
        className="grid min-w-0 flex-1 auto-cols-[minmax(13rem,1fr)] overflow-x-auto max-md:border-t max-md:border-line sm:grid-flow-col"
      >
        {stages.map((stage, index) => (
          <StageCell key={stage.name} stage={stage} first={index === 0} />
        ))}
      </ol>
    </li>
  )
}

function StageCell({ stage, first }: { stage: StageSummary; first: boolean }) {
  const current = movingIn(stage)
  const { verified, hold, approvalRequired, lastConvergeMs, clusters } = stage
  return (
    <li
      className={cn(
        'relative flex min-w-0 flex-col gap-1 px-3 py-2.5 md:border-l md:border-line',
        !first && 'max-sm:border-t max-sm:border-line',
      )}
    >
      {first ? null : (
        <ChevronRight
          aria-hidden
          className="absolute top-1/2 -left-2 hidden size-4 -translate-y-1/2 rounded-full border border-line bg-surface p-px text-faint md:block"
        />
      )}
      <div className="flex items-center gap-1.5">
        <span className="truncate text-xs font-medium">{stage.name}</span>
        {stage.environment === 'production' ? <ProductionMark /> : null}
        {approvalRequired ? (
          <UserCheck aria-label="needs an approval" className="size-3.5 shrink-0 text-faint" />
        ) : null}
        {hold ? <HoldBadge hold={hold} /> : null}
        <StageStanding stage={stage} className="ml-auto text-xs" />
      </div>
      <div className="flex min-w-0 items-center gap-1.5 text-fg">
        {verified ? <ReleaseTag release={verified} className="shrink-1" /> : null}
        {current ? (
          <>
            <span aria-label="moving to" className="text-muted">
              →
            </span>
            <AppLink
              href={rolloutHref(current.rolloutId, stage.name)}
              className="min-w-0 rounded-sm hover:underline"
            >
              <ReleaseTag release={current.release} className="text-progress" />
            </AppLink>
          </>
        ) : null}
        {!verified && !current ? <span className="text-xs text-faint">no release yet</span> : null}
      </div>
      <div className="flex items-center gap-2 text-xs text-muted">
        <span className="truncate" title={clusters.join(', ')}>
          {clusters.length > 2 ? `${clusters.length} clusters` : clusters.join(', ') || 'no cluster'}
          <span className="text-faint"> / {stage.namespace}</span>
        </span>
        {lastConvergeMs !== null && !current ? (
          <span className="ml-auto shrink-0">
            converged in <Duration ms={lastConvergeMs} />
          </span>
        ) : current ? (
          <Badge className="ml-auto">#{current.number}</Badge>
        ) : null}
      </div>
    </li>
  )
}
