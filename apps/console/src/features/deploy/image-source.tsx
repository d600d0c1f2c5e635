'use client'

import { Badge } from '@fairlead/ui/badge'
import { Field } from '@fairlead/ui/field'
import { IconButton } from '@fairlead/ui/icon-button'
import { Input } from '@fairlead/ui/input'
import { Skeleton } from '@fairlead/ui/skeleton'
import type { ReleaseRef } from '@fairlead/contracts/application'
import type { ReleaseId } from '@fairlead/contracts/ids'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { ContainerImage } from './containers'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { FaultState } from '@/live/fault-state'
import { useTRPCClient } from '@/live/trpc'
import { containersKey } from './containers-key'

type ImageSourceProps = {
  /** The release whose images are changed. */
  base: ReleaseRef
  images: Readonly<Record<string, string>>
  onChange: (images: Record<string, string>) => void
}

/** Every container of the last release with its image, each ready to get another. */
export function ImageSource({ base, images, onChange }: ImageSourceProps) {
  const client = useTRPCClient()
  const containers = useQuery({
    queryKey: containersKey(base.id),
    staleTime: Infinity,
    queryFn: async () => {
      const { yaml } = await client.rollout.manifests.query({ release: base.id as ReleaseId })
      return (await import('./containers')).containersOf(yaml)
    },
  })
  if (containers.isError)
    return (
      <FaultState what="The last release could not be read." error={containers.error} right="project.view" />
    )
  if (!containers.data)
    return (
      <div role="status" aria-label="Loading the containers" className="space-y-3">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    )
  if (containers.data.length === 0)
    return (
      <p className="text-sm text-muted">Release {base.number} has no container. Deploy manifests instead.</p>
    )
  const set = (key: string, image: string) => {
    const { [key]: _, ...others } = images
    onChange(image === '' ? others : { ...others, [key]: image })
  }
  return (
    <div className="space-y-3">
      <div className="text-xs text-muted">
        <ReleaseTag release={base} className="text-fg" />
        <p className="mt-1">Everything but the images below stays as it is in this release.</p>
      </div>
      {containers.data.map((container) => (
        <ContainerField
          key={container.key}
          container={container}
          next={images[container.key] ?? ''}
          onChange={(image) => set(container.key, image)}
        />
      ))}
    </div>
  )
}

type ContainerFieldProps = {
  container: ContainerImage
  /** The new image; empty where the present one stays. */
  next: string
  onChange: (image: string) => void
}

function ContainerField({ container, next, onChange }: ContainerFieldProps) {
  return (
    <Field
      label={
        <span className="flex items-center gap-2">
          <span className="font-mono text-xs">
            {container.workload}/{container.container}
          </span>
          <span className="font-normal text-faint">{container.kind}</span>
          {next !== '' ? <Badge tone="progress">changes</Badge> : null}
        </span>
      }
      hint={
        <span className="break-all">
          now <span className="font-mono">{container.image}</span>
        </span>
      }
    >
      <span className="flex items-center gap-1">
        <Input
          mono
          className="text-xs"
          placeholder={container.image}
          value={next}
          spellCheck={false}
          autoComplete="off"
          onFocus={(event) => {
            if (next === '') onChange(container.image)
            const field = event.currentTarget
            requestAnimationFrame(() => selectTag(field))
          }}
          onBlur={() => (next === container.image ? onChange('') : undefined)}
          onChange={(event) => onChange(event.target.value)}
        />
        {next !== '' ? (
          <IconButton
            label="Keep the present image"
            icon={<RotateCcw aria-hidden />}
            onClick={() => onChange('')}
          />
        ) : null}
      </span>
    </Field>
  )
}

/** The tag is what people change: it is selected first. */
function selectTag(field: HTMLInputElement) {
  const at = field.value.search(/[:@][^:@/]*$/)
  if (at > 0) field.setSelectionRange(at + 1, field.value.length)
}
