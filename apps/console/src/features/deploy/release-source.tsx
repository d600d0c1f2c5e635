'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Badge } from '@fairlead/ui/badge'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { ReleaseTag } from '@/features/rollouts/release-tag'

type ReleaseSourceProps = {
  application: ApplicationDetail
  chosen: string | null
  onChoose: (release: string) => void
}

/** Earlier releases as they were, with the stages in which each was verified. */
export function ReleaseSource({ application, chosen, onChoose }: ReleaseSourceProps) {
  return (
    <div
      role="radiogroup"
      aria-label="Release"
      className="max-h-80 overflow-y-auto rounded-md border border-line"
    >
      {application.releases.map((release) => {
        const verified = application.stages.filter((stage) => stage.verified?.id === release.id)
        const checked = release.id === chosen
        return (
          <label
            key={release.id}
            className={cn(
              'flex cursor-pointer items-center gap-3 border-t border-line px-3 py-2 first:border-t-0 hover:bg-hover',
              checked && 'bg-selected hover:bg-selected',
            )}
          >
            <input
              type="radio"
              name="release"
              className="accent-(--accent)"
              checked={checked}
              onChange={() => onChoose(release.id)}
            />
            <span className="min-w-0 flex-1">
              <ReleaseTag release={release} />
              <span className="block truncate text-xs text-muted">
                {release.author}, <RelativeTime at={release.createdAt} /> · {release.objects.length} objects
              </span>
            </span>
            {verified.map(({ name }) => (
              <Badge key={name} tone="ok">
                {name}
              </Badge>
            ))}
          </label>
        )
      })}
    </div>
  )
}
