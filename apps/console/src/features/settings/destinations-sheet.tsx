'use client'

import type { ProjectView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { IconButton } from '@fairlead/ui/icon-button'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { Sheet } from '@fairlead/ui/sheet'
import { TextLink } from '@fairlead/ui/text-link'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from './fault-line'

type Place = { cluster: string; namespace: string }
type DestinationsSheetProps = { project: ProjectView; onClose: () => void }

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const problemOf = ({ cluster, namespace }: Place): string | null =>
  cluster === ''
    ? 'choose a cluster'
    : namespace === '*' || namePattern.test(namespace)
      ? null
      : 'a namespace, or * for every namespace'

export function DestinationsSheet({ project, onClose }: DestinationsSheetProps) {
  const [places, setPlaces] = useState<readonly Place[]>(project.destinations)
  const save = useMutation(useTRPC().project.setDestinations.mutationOptions())
  const problem = places.map(problemOf).find((found) => found !== null) ?? null
  const submit = () =>
    save.mutate(
      { project: project.name, destinations: [...places] },
      {
        onSuccess: () => {
          toast.success(`Destinations of ${project.name} saved`)
          onClose()
        },
      },
    )
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Destinations of ${project.name}`}
      description="Where it may deploy, and what of the clusters its people see."
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            loading={save.isPending}
            disabledReason={problem === null ? null : `Not complete: ${problem}.`}
            onClick={submit}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <Places places={places} onChange={setPlaces} />
        <FaultLine error={save.error} />
      </div>
    </Sheet>
  )
}

type PlacesProps = { places: readonly Place[]; onChange: (places: Place[]) => void }

function Places({ places, onChange }: PlacesProps) {
  const clusters = useClusterNames(places)
  const put = (at: number, place: Place) => onChange(places.map((old, index) => (index === at ? place : old)))
  const add = () => onChange([...places, { cluster: clusters[0]?.value ?? '', namespace: '' }])
  return (
    <>
      {places.length === 0 ? (
        <p className="rounded-md border border-dashed border-line px-3 py-4 text-center text-muted">
          No destination: the project can deploy nowhere, and its people see no cluster.
        </p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {places.map((place, index) => (
          <li key={index} className="flex items-center gap-2">
            <Select
              label={`Cluster of destination ${index + 1}`}
              options={clusters}
              value={place.cluster === '' ? null : place.cluster}
              onValueChange={(cluster) => put(index, { ...place, cluster })}
              className="w-44 shrink-0 max-sm:w-32"
            />
            <span aria-hidden className="text-faint">
              /
            </span>
            <Input
              mono
              aria-label={`Namespace of destination ${index + 1}`}
              placeholder="namespace or *"
              value={place.namespace}
              onChange={(event) => put(index, { ...place, namespace: event.target.value.trim() })}
              autoComplete="off"
            />
            <IconButton
              label={`Remove destination ${index + 1}`}
              icon={<X aria-hidden />}
              variant="ghost"
              onClick={() => onChange(places.filter((_, other) => other !== index))}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={<Plus aria-hidden />}
          onClick={add}
          disabledReason={
            clusters.length === 0
              ? 'No cluster is registered yet: register one under Settings, Clusters.'
              : null
          }
        >
          Add a destination
        </Button>
        {clusters.length === 0 ? <TextLink href="/settings/clusters">Register a cluster</TextLink> : null}
      </div>
    </>
  )
}

/** Registered clusters, and those already chosen even when the list can't be had. */
function useClusterNames(places: readonly Place[]) {
  const { data } = useQuery(useTRPC().fleet.get.queryOptions({}))
  const names = new Set([
    ...(data?.clusters.filter(({ provisioning }) => provisioning === null).map(({ name }) => name) ?? []),
    ...places.map(({ cluster }) => cluster),
  ])
  return [...names]
    .filter((name) => name !== '')
    .sort()
    .map((name) => ({ value: name, label: name }))
}
