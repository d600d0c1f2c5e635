'use client'

import { isFor } from '@fairlead/contracts/hand-states'
import { Button } from '@fairlead/ui/button'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useWhyNot } from '@/features/hands/use-hand'
import { alone } from '@/live/api-client'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import type { ObjectRef } from './object-ref'
import { YamlView } from './yaml-view'

const YamlEdit = dynamic(() => import('./yaml-edit'))

/** The object as its cluster holds it now, read when it is opened. */
export default function YamlTab({ objectRef }: { objectRef: ObjectRef }) {
  const { data, error, refetch, isFetching } = useQuery(
    useTRPC().object.yaml.queryOptions(objectRef, { trpc: alone }),
  )
  const [editing, setEditing] = useState<string | null>(null)
  const whyNot = useWhyNot()
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
  return (
    <YamlView
      yaml={data.yaml}
      at={data.at}
      actions={
        isFor('edit', objectRef.kind) ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<Pencil aria-hidden />}
            onClick={() => setEditing(data.yaml)}
            disabledReason={whyNot('edit')}
          >
            Edit
          </Button>
        ) : null
      }
    />
  )
}
