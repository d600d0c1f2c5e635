'use client'

import type { SourceError, SourceView } from '@fairlead/contracts/source'
import { sourceStates, sourceSteps, type SourceState } from '@fairlead/contracts/source-states'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { EmptyState } from '@fairlead/ui/empty-state'
import { KeyValue, type KeyValueEntry } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileCode2, RefreshCw } from 'lucide-react'
import { deployHref } from '@/features/rollouts/addresses'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { toast } from '@/features/shell/toast'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { faultOf } from '@/live/fault'
import { CommitLink } from './commit-link'
import { OriginFacts } from './origin-facts'
import { SourceHook } from './source-hook'

type SourceTabProps = { project: string; application: string }

const tones: Readonly<Record<SourceState, Tone>> = { waiting: 'unknown', current: 'ok', failing: 'failing' }
const kinds: Readonly<Record<SourceView['kind'], string>> = {
  inline: 'Given at each deploy',
  git: 'Manifests in Git',
  kustomize: 'Kustomize in Git',
  helm: 'A Helm chart',
}

/** Where the manifests come from, what was there at the last look, and what is wrong with it. */
export function SourceTab({ project, application }: SourceTabProps) {
  const trpc = useTRPC()
  const source = useQuery(trpc.source.get.queryOptions({ project, application }))
  if (source.data?.kind === 'inline') return <GivenAtDeploy />
  if (source.data) return <Source project={project} application={application} source={source.data} />
  if (source.isError)
    return (
      <FaultState
        what="The source could not be loaded."
        where={`${project}/${application}`}
        error={source.error}
        right="project.view"
        onRetry={() => void source.refetch()}
        retrying={source.isFetching}
      />
    )
  return <CardSkeleton lines={6} />
}

const GivenAtDeploy = () => (
  <EmptyState
    title="Manifests are given at each deploy"
    icon={<FileCode2 aria-hidden />}
    className="rounded-lg border border-line bg-surface"
  >
    With spec.source in its document, an application takes them from Git, from a kustomization or from a Helm
    chart, of a chart repository or a registry too, and what is new there makes a release.
  </EmptyState>
)

function Source({ project, application, source }: SourceTabProps & { source: SourceView }) {
  const { error, release, origin, look } = source
  return (
    <div className="space-y-4">
      {error ? <SourceFailure error={error} release={release?.number ?? null} /> : null}
      <Card
        title={kinds[source.kind]}
        actions={
          <>
            <StatusMark
              tone={tones[source.state]}
              word={sourceStates[source.state].word}
              className="text-xs"
            />
            <LookNow project={project} application={application} source={source} />
          </>
        }
        footer={<LookFooter source={source} />}
      >
        <KeyValue entries={placeOf(source)} />
      </Card>
      <SourceHook project={project} application={application} source={source} />
      {release ? (
        <Card
          title={<ReleaseTag release={release} />}
          description="The release that was made of it last, with what it was made of"
          actions={
            <Button
              size="sm"
              href={deployHref({ project, application }, `from=release&release=${release.id}`)}
              disabledReason={look.passed ? null : look.reason}
            >
              Deploy
            </Button>
          }
        >
          {origin ? <OriginFacts origin={origin} /> : null}
        </Card>
      ) : null}
    </div>
  )
}

function placeOf({
  repository,
  ref,
  path,
  chart,
  version,
  revision,
  revisionUrl,
}: SourceView): KeyValueEntry[] {
  const given = (key: string, value: string | null): KeyValueEntry[] =>
    value === null ? [] : [{ key, value, mono: true }]
  return [
    ...given('Repository', repository),
    ...given('Branch or tag', ref),
    ...given('Path', path),
    ...given('Chart', chart),
    ...given('Version', version),
    {
      key: 'Seen there',
      value: revision === null ? 'nothing yet' : <CommitLink commit={revision} url={revisionUrl} />,
    },
  ]
}

function LookFooter({ source: { lookedAt, nextLookAt, every, on, asked } }: { source: SourceView }) {
  return (
    <span className="flex flex-wrap justify-between gap-x-4 gap-y-1">
      <span>
        {on === 'automatic'
          ? 'A new release is deployed to the first stage by itself'
          : 'A new release is deployed when somebody does it'}
        , looked at every {every}
      </span>
      <span>
        {asked ? 'a look was asked for; ' : null}
        {lookedAt ? (
          <>
            looked at <RelativeTime at={lookedAt} />
          </>
        ) : (
          'not looked at yet'
        )}
        {nextLookAt ? (
          <>
            , again <RelativeTime at={nextLookAt} />
          </>
        ) : null}
      </span>
    </span>
  )
}

function LookNow({ project, application, source: { look, asked } }: SourceTabProps & { source: SourceView }) {
  const askAgain = useAskAgain()
  const trpc = useTRPC()
  const ask = useMutation(
    trpc.source.look.mutationOptions({
      onSuccess: askAgain,
      onError: (error) => toast.error('It is not looked at', { description: faultOf(error).message }),
    }),
  )
  return (
    <Button
      size="sm"
      icon={<RefreshCw aria-hidden />}
      loading={ask.isPending || asked}
      onClick={() => ask.mutate({ project, application })}
      disabledReason={look.passed ? null : (look.reason ?? 'You may not look at it now.')}
    >
      Look now
    </Button>
  )
}

function SourceFailure({ error, release }: { error: SourceError; release: number | null }) {
  const place = [error.file, error.line].filter((part) => part !== undefined).join(':')
  return (
    <div role="alert" className="space-y-1 rounded-lg border border-line bg-surface p-4 text-sm">
      <p className="flex flex-wrap items-center gap-2 font-semibold">
        <StatusMark tone="failing" word={sourceSteps[error.step]} />
        <span className="font-normal text-muted">
          since <RelativeTime at={error.since} />
        </span>
      </p>
      <p className="break-words">{error.message}</p>
      {place === '' ? null : <p className="font-mono text-xs break-words text-muted">{place}</p>}
      {error.found || error.expected ? (
        <p className="break-words text-muted">
          {error.found ? `Found ${error.found}. ` : null}
          {error.expected ? `Expected ${error.expected}.` : null}
        </p>
      ) : null}
      {error.remedy ? <p>{error.remedy}</p> : null}
      {release === null || error.step === 'deploy' ? null : (
        <p className="text-muted">Release {release} stays as it is.</p>
      )}
    </div>
  )
}
