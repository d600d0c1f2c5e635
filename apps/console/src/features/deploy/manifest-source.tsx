'use client'

import { Button } from '@fairlead/ui/button'
import { cn } from '@fairlead/ui/cn'
import { useQuery } from '@tanstack/react-query'
import { FileUp, Trash2 } from 'lucide-react'
import { useDeferredValue, useRef, useState, type DragEvent } from 'react'
import { plural } from './plan-facts'
import { YamlEditor } from './yaml-editor'

type ManifestSourceProps = {
  value: string
  onChange: (manifests: string) => void
  errorLine: number | undefined
}

/** Paste, choose files, or drop several of them; what is there is told back object by object. */
export function ManifestSource({ value, onChange, errorLine }: ManifestSourceProps) {
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<readonly string[]>([])
  const chooser = useRef<HTMLInputElement>(null)
  const add = async (list: Iterable<File>) => {
    const { joined, readFiles } = await import('./read-files')
    const read = await readFiles(list)
    setRefused(read.refused)
    if (read.files.length === 0) return
    const text = joined(read.files)
    onChange(value.trim() === '' ? text : `${value.trimEnd()}\n---\n${text}`)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void add([...event.dataTransfer.files])
  }
  return (
    <div className="space-y-2">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn('relative rounded-md', over && 'outline-2 outline-offset-2 outline-accent')}
      >
        <YamlEditor
          label="Manifests"
          value={value}
          onChange={onChange}
          errorLine={errorLine}
          className="h-80"
          placeholder={
            'Paste Kubernetes manifests, or drop .yaml and .json files here.\n\napiVersion: apps/v1\nkind: Deployment\n…'
          }
        />
        {over ? (
          <div className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-md bg-accent-soft/90 text-sm font-medium text-accent-text">
            Drop the files to add them
          </div>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={chooser}
          type="file"
          multiple
          accept=".yaml,.yml,.json"
          className="sr-only"
          aria-label="Manifest files"
          tabIndex={-1}
          onChange={(event) => {
            // A copy: emptying the field, so that the same file can be chosen again, empties its list too.
            void add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <Button size="sm" icon={<FileUp aria-hidden />} onClick={() => chooser.current?.click()}>
          Add files
        </Button>
        {value === '' ? null : (
          <Button size="sm" variant="ghost" icon={<Trash2 aria-hidden />} onClick={() => onChange('')}>
            Clear
          </Button>
        )}
        <Outline manifests={value} />
      </div>
      {refused.map((line) => (
        <p key={line} role="alert" className="text-xs text-fail">
          {line}
        </p>
      ))}
    </div>
  )
}

/** What the text holds so far, so that a forgotten `---` or file is noticed before the plan. */
function Outline({ manifests }: { manifests: string }) {
  const deferred = useDeferredValue(manifests)
  const objects = useQuery({
    queryKey: ['manifest-outline', deferred],
    enabled: deferred.trim() !== '',
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => before,
    queryFn: async () => {
      const { objectsOf } = await import('@/features/applications/manifest-objects')
      return objectsOf(deferred).map(({ kind, name }) => `${kind}/${name}`)
    },
  })
  if (deferred.trim() === '' || !objects.data) return null
  const shown = objects.data.slice(0, 6).join(', ')
  const more = objects.data.length - 6
  return (
    <span className="min-w-0 truncate text-xs text-muted" title={objects.data.join('\n')}>
      {plural(objects.data.length, 'object')}
      {shown ? `: ${shown}` : ''}
      {more > 0 ? ` and ${more} more` : ''}
    </span>
  )
}
