'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import type { ReleaseId } from '@fairlead/contracts/ids'
import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Sheet } from '@fairlead/ui/sheet'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { deployHref, applicationHref } from '@/features/rollouts/addresses'
import { shortDigest } from '@/features/rollouts/release-text'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { OriginFacts } from './origin-facts'

type Release = ApplicationDetail['releases'][number]

/** Every release of the application, immutable: what it holds, where it stands. */
export function ReleasesTab({ application }: { application: ApplicationDetail }) {
  const [params, setParams] = useUrlParams()
  const open = application.releases.find(({ id }) => id === params.get('release'))
  const columns = useMemo(
    () => columnsFor(application, (id) => setParams({ release: id }, 'push')),
    [application, setParams],
  )
  return (
    <>
      <DataTable
        label="Releases"
        rows={application.releases}
        columns={columns}
        rowKey={({ id }) => id}
        rowHeight={36}
        className="max-h-[calc(100dvh-15rem)]"
        empty={<EmptyState title="No release yet">The first deploy makes the first one.</EmptyState>}
      />
      <Sheet
        open={open !== undefined}
        onOpenChange={(next) => (next ? undefined : setParams({ release: null }))}
        title={open ? `Release ${open.number}` : 'Release'}
        description={open ? `${open.objects.length} objects, digest ${shortDigest(open.digest)}` : undefined}
        size="xl"
      >
        {open?.origin ? <OriginFacts origin={open.origin} className="mb-4" /> : null}
        {open ? <Manifests release={open} /> : null}
      </Sheet>
    </>
  )
}

function Manifests({ release }: { release: Release }) {
  const trpc = useTRPC()
  const manifests = useQuery(
    trpc.rollout.manifests.queryOptions({ release: release.id as ReleaseId }, { staleTime: Infinity }),
  )
  if (manifests.data) return <CodeBlock title={`release-${release.number}.yaml`} code={manifests.data.yaml} />
  if (manifests.isError)
    return <FaultState what="The manifests could not be read." error={manifests.error} right="project.view" />
  return <Skeleton className="h-64" />
}

function columnsFor(application: ApplicationDetail, onOpen: (id: string) => void): Column<Release>[] {
  const named = { project: application.project, application: application.name }
  return [
    {
      id: 'release',
      header: 'Release',
      width: 260,
      cell: (row) => (
        <button
          type="button"
          className="max-w-full rounded-sm hover:underline"
          onClick={() => onOpen(row.id)}
        >
          <ReleaseTag release={row} />
        </button>
      ),
    },
    {
      id: 'stands',
      header: 'Verified in',
      width: 180,
      cell: (row) => (
        <span className="flex gap-1">
          {application.stages
            .filter(({ verified }) => verified?.id === row.id)
            .map(({ name }) => (
              <Badge key={name} tone="ok">
                {name}
              </Badge>
            ))}
        </span>
      ),
    },
    {
      id: 'objects',
      header: 'Objects',
      cell: (row) => {
        const names = row.objects.map(({ kind, name }) => `${kind}/${name}`)
        return (
          <span className="truncate text-muted" title={names.join('\n')}>
            {row.objects.length}: {names.join(', ')}
          </span>
        )
      },
    },
    {
      id: 'digest',
      header: 'Digest',
      width: 110,
      cell: (row) => <span className="font-mono text-xs text-muted">{shortDigest(row.digest)}</span>,
    },
    {
      id: 'author',
      header: 'Author',
      width: 150,
      cell: (row) => <span className="truncate text-muted">{row.author}</span>,
    },
    {
      id: 'at',
      header: 'Made',
      width: 110,
      align: 'end',
      cell: (row) => <RelativeTime at={row.createdAt} className="text-xs text-muted" />,
    },
    {
      id: 'actions',
      header: <span className="sr-only">Actions</span>,
      width: 190,
      align: 'end',
      cell: (row) => (
        <span className="flex justify-end gap-1">
          <Button size="sm" variant="ghost" href={`${applicationHref(named, 'compare')}&to=${row.number}`}>
            Compare
          </Button>
          <Button
            size="sm"
            variant="ghost"
            href={deployHref(named, `from=release&release=${row.id}`)}
            disabledReason={application.deployable.passed ? null : application.deployable.reason}
          >
            Deploy again
          </Button>
        </span>
      ),
    },
  ]
}
