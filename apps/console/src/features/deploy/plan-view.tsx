'use client'

import type { StagePlan } from '@fairlead/contracts/rollout'
import { CopyButton } from '@fairlead/ui/copy-button'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Ban, TriangleAlert } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { PlanTrial } from './plan-trial'
import { PlanChecks } from './plan-checks'
import { PlanObject } from './plan-object'
import { PlanSurge } from './plan-surge'
import { PlanWaves } from './plan-waves'
import { factsOf, plural } from './plan-facts'

/** So many changed objects are opened at once; more would bury each other. */
const openedAtOnce = 3

const toConfirm = (reason: string): string => `${reason} Whoever asks for it types the application's name.`

/** Everything that one stage's plan says; an approval binds to exactly this. */
export function PlanView({ plan }: { plan: StagePlan }) {
  const facts = factsOf([plan])
  const openAtFirst = facts.create + facts.change + facts.denied + facts.prune <= openedAtOnce
  return (
    <div className="space-y-3">
      <PlanNotices kind="blocker" notices={plan.blockers} />
      <PlanNotices kind="warning" notices={(plan.confirm ?? []).map(toConfirm)} />
      <PlanNotices kind="warning" notices={plan.warnings} />
      <PlanChecks checks={plan.checks} />
      <PlanWaves targets={plan.targets} />
      {plan.targets.map((target) => (
        <section
          key={`${target.cluster.id}/${target.namespace}`}
          className="min-w-0 overflow-hidden rounded-md border border-line bg-surface"
        >
          <header className="flex min-h-9 flex-wrap items-center gap-x-2 border-b border-line bg-sunken px-3 py-1">
            <ClusterMark cluster={target.cluster} />
            <span className="font-mono text-xs text-muted">{target.namespace}</span>
            <span className="ml-auto text-xs text-muted">{plural(target.objects.length, 'object')}</span>
          </header>
          {target.trial ? <PlanTrial trial={target.trial} cluster={target.cluster.name} /> : null}
          {target.surge ? <PlanSurge surge={target.surge} cluster={target.cluster.name} /> : null}
          <ul aria-label={`Objects in ${target.cluster.name}`}>
            {target.objects.map((object) => (
              <PlanObject
                key={`${object.apiVersion}/${object.kind}/${object.namespace}/${object.name}`}
                object={object}
                openAtFirst={openAtFirst && object.change !== 'none'}
              />
            ))}
            {target.objects.length === 0 ? (
              <li className="px-3 py-2 text-xs text-muted">
                {target.unreachable === undefined
                  ? 'Nothing to apply here.'
                  : `Planned unseen, as it does not answer: ${target.unreachable}`}
              </li>
            ) : null}
          </ul>
        </section>
      ))}
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-faint">
        <span>
          Plan <span className="font-mono">{plan.digest.slice(0, 12)}</span>
        </span>
        <CopyButton text={plan.digest} label="Copy the plan's digest" />
        <span>
          computed <RelativeTime at={plan.computedAt} />
        </span>
      </p>
    </div>
  )
}

type PlanNoticesProps = { kind: 'blocker' | 'warning'; notices: readonly string[] }

export function PlanNotices({ kind, notices }: PlanNoticesProps) {
  if (notices.length === 0) return null
  const blocks = kind === 'blocker'
  return (
    <ul
      aria-label={blocks ? 'Blockers' : 'Warnings'}
      className={
        blocks
          ? 'space-y-1 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail'
          : 'space-y-1 rounded-md bg-progress-soft px-3 py-2 text-sm text-progress'
      }
    >
      {notices.map((notice) => (
        <li key={notice} className="flex items-start gap-2">
          {blocks ? (
            <Ban aria-label="Blocks" className="mt-1 size-3.5 shrink-0" />
          ) : (
            <TriangleAlert aria-label="Warning" className="mt-1 size-3.5 shrink-0" />
          )}
          <span className="min-w-0 break-words">{notice}</span>
        </li>
      ))}
    </ul>
  )
}
