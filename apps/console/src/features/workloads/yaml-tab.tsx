'use client'

import { isFor } from '@fairlead/contracts/hand-states'
import { Button } from '@fairlead/ui/button'
import { CopyButton } from '@fairlead/ui/copy-button'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import { useWhyNot } from '@/features/hands/use-hand'
import { alone } from '@/live/api-client'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import type { ObjectRef } from './object-ref'
import { yamlPieces } from './yaml-pieces'

const YamlEdit = dynamic(() => import('./yaml-edit'))

const looks = {
  key: 'text-accent-text',
  comment: 'text-faint',
  mark: 'text-faint',
  value: 'text-fg',
} as const

/** The object as its cluster holds it now, read when it is opened. */
export default function YamlTab({ objectRef }: { objectRef: ObjectRef }) {
  const { data, error, refetch, isFetching } = useQuery(
    useTRPC().object.yaml.queryOptions(objectRef, { trpc: alone }),
  )
  const [editing, setEditing] = useState<string | null>(null)
  const whyNot = useWhyNot()
  const lines = useMemo(() => data?.yaml.trimEnd().split('\n') ?? [], [data])
  if (error && !data) {
    return (
      <FaultState
        what="The YAML could not be read from the cluster."
        error={error}
        right="inventory.view"
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  }
  if (!data)
    return (
      <SkeletonRows
        rows={14}
        label="Reading the object from its cluster"
        className="rounded-lg border border-line bg-surface"
      />
    )
  if (editing !== null)
    return <YamlEdit objectRef={objectRef} base={editing} onClose={() => setEditing(null)} />
  const digits = String(lines.length).length
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex h-9 items-center justify-between gap-3 border-b border-line bg-surface pr-1 pl-4 text-xs text-muted">
        <span>
          Read from the cluster <RelativeTime at={data.at} />, {lines.length} lines
        </span>
        <span className="flex items-center gap-1">
          {isFor('edit', objectRef.kind) ? (
            <Button
              size="sm"
              variant="ghost"
              icon={<Pencil aria-hidden />}
              onClick={() => setEditing(data.yaml)}
              disabledReason={whyNot('edit')}
            >
              Edit
            </Button>
          ) : null}
          <CopyButton text={data.yaml} />
        </span>
      </div>
      <pre
        tabIndex={0}
        aria-label="YAML"
        className="max-h-[calc(100dvh-19rem)] min-h-64 overflow-auto py-2 font-mono text-xs leading-5"
      >
        {lines.map((line, index) => (
          // Lines have no identity but their place.
          <span key={index} className="block min-w-max px-4 [content-visibility:auto] hover:bg-hover">
            <span aria-hidden className="mr-4 text-faint select-none">
              {String(index + 1).padStart(digits)}
            </span>
            {yamlPieces(line).map((piece, at) => (
              <span key={at} className={looks[piece.kind]}>
                {piece.text}
              </span>
            ))}
          </span>
        ))}
      </pre>
    </div>
  )
}
