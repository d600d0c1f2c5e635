'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Skeleton } from '@fairlead/ui/skeleton'
import { Tabs } from '@fairlead/ui/tabs'
import dynamic from 'next/dynamic'
import { baseOf } from './base-release'
import { isSource, type DeployDraft, type Source } from './deploy-input'
import { ImageSource } from './image-source'
import { ReleaseSource } from './release-source'

const ManifestSource = dynamic(() => import('./manifest-source').then((module) => module.ManifestSource), {
  loading: () => <Skeleton className="h-80" />,
})

type SourceTabsProps = {
  application: ApplicationDetail
  source: Source
  release: string | null
  draft: DeployDraft
  ready: boolean
  errorLine: number | undefined
  onSource: (source: Source) => void
  onRelease: (release: string) => void
  onDraft: (part: Partial<DeployDraft>) => void
}

/** The three ways to say what to deploy. */
export function SourceTabs(props: SourceTabsProps) {
  const { application, source, release, draft, ready, errorLine, onSource, onRelease, onDraft } = props
  const base = baseOf(application)
  const items = [
    {
      value: 'image',
      label: 'Change image',
      content: !ready ? (
        <Skeleton className="h-24" />
      ) : base ? (
        <ImageSource base={base} images={draft.images} onChange={(images) => onDraft({ images })} />
      ) : (
        <NoRelease />
      ),
    },
    {
      value: 'manifests',
      label: 'Manifests',
      content: ready ? (
        <ManifestSource
          value={draft.manifests}
          onChange={(manifests) => onDraft({ manifests })}
          errorLine={errorLine}
        />
      ) : (
        <Skeleton className="h-80" />
      ),
    },
    {
      value: 'release',
      label: 'Earlier release',
      count: application.releases.length,
      content: base ? (
        <ReleaseSource application={application} chosen={release} onChoose={onRelease} />
      ) : (
        <NoRelease />
      ),
    },
  ]
  return (
    <Tabs
      label="What to deploy"
      items={items}
      value={source}
      onValueChange={(value) => (isSource(value) ? onSource(value) : undefined)}
    />
  )
}

const NoRelease = () => (
  <p className="text-sm text-muted">
    Nothing has been deployed yet. Begin with manifests: they make the first release.
  </p>
)
