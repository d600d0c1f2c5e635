'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import type { ReleaseId } from '@fairlead/contracts/ids'
import { Badge } from '@fairlead/ui/badge'
import { DiffView } from '@fairlead/ui/diff-view'
import { EmptyState } from '@fairlead/ui/empty-state'
import { useQuery } from '@tanstack/react-query'
import { GitCompareArrows } from 'lucide-react'
import { useMemo } from 'react'
import { PairPicker } from '@/features/compare/pair-picker'
import { plural } from '@/features/deploy/plan-facts'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { releaseText } from '@/features/rollouts/release-text'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { compareManifests } from './compare-lines'

type Release = ApplicationDetail['releases'][number]

/** Two releases, object by object. Without a choice: what the last stage has, and the newest. */
export function CompareReleases({ application }: { application: ApplicationDetail }) {
  const { releases, stages } = application
  const [params, setParams] = useUrlParams()
  const numbered = (number: string | null) => releases.find((release) => String(release.number) === number)
  const to = numbered(params.get('to')) ?? releases[0]
  const standing = numbered(String(stages.at(-1)?.verified?.number ?? ''))
  const from =
    numbered(params.get('from')) ??
    (standing && standing !== to ? standing : releases.find((each) => to && each.number < to.number)) ??
    releases.at(-1)
  if (!from || !to || releases.length < 2)
    return (
      <EmptyState
        title="There are not two releases to compare yet"
        icon={<GitCompareArrows aria-hidden />}
        className="rounded-lg border border-line bg-surface"
      />
    )
  const options = releases.map((release) => ({
    value: String(release.number),
    label: releaseText(release),
    hint: [
      ...stages.filter(({ verified }) => verified?.id === release.id).map(({ name }) => `in ${name}`),
      release.author,
    ].join(', '),
  }))
  return (
    <div className="space-y-3">
      <PairPicker
        names={['from', 'to']}
        labels={['From', 'To']}
        values={[String(from.number), String(to.number)]}
        options={options}
        onChange={setParams}
      />
      <Compared from={from} to={to} key={`${from.id}${to.id}`} />
    </div>
  )
}

function Compared({ from, to }: { from: Release; to: Release }) {
  const trpc = useTRPC()
  const options = { staleTime: Infinity }
  const before = useQuery(trpc.rollout.manifests.queryOptions({ release: from.id as ReleaseId }, options))
  const after = useQuery(trpc.rollout.manifests.queryOptions({ release: to.id as ReleaseId }, options))
  const comparison = useMemo(
    () => (before.data && after.data ? compareManifests(before.data.yaml, after.data.yaml) : null),
    [before.data, after.data],
  )
  const error = before.error ?? after.error
  if (error) return <FaultState what="The releases could not be read." error={error} right="project.view" />
  if (!comparison) return <CardSkeleton lines={8} />
  const { changed, same } = comparison
  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        {changed.length === 0
          ? 'The two releases hold the same objects.'
          : `${plural(changed.length, 'object differs', 'objects differ')}, ${same.length} the same.`}
      </p>
      {changed.map((object) => (
        <section key={object.key} className="space-y-1">
          {object.change === 'changed' ? null : (
            <Badge tone={object.change === 'added' ? 'ok' : 'failing'}>{object.change}</Badge>
          )}
          <DiffView title={object.key} lines={object.lines} />
        </section>
      ))}
      {same.length > 0 && changed.length > 0 ? (
        <p className="text-xs break-words text-faint">The same: {same.join(', ')}</p>
      ) : null}
    </div>
  )
}
