'use client'

import type { ObjectPlan } from '@fairlead/contracts/rollout'
import { Badge } from '@fairlead/ui/badge'
import { cn } from '@fairlead/ui/cn'
import { DiffView } from '@fairlead/ui/diff-view'
import { ChevronRight, RotateCcw, Swords } from 'lucide-react'
import { useState } from 'react'
import { objectChanges, plural, shownLines } from './plan-facts'

/** One object of a plan: what becomes of it in a line, and on opening why and how exactly. */
export function PlanObject({ object, openAtFirst }: { object: ObjectPlan; openAtFirst: boolean }) {
  const [open, setOpen] = useState(openAtFirst)
  const { word, tone, said } = objectChanges[object.change]
  const added = object.diff.filter(({ kind }) => kind === 'add').length
  const removed = object.diff.filter(({ kind }) => kind === 'remove').length
  const opens = object.diff.length > 0 || object.notes.length > 0 || object.conflicts.length > 0
  return (
    <li className="min-w-0 border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-9 w-full flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5 text-left text-sm transition-colors hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn(
            'size-3.5 shrink-0 text-faint transition-transform',
            open && 'rotate-90',
            !opens && 'opacity-0',
          )}
        />
        <Badge tone={tone} title={said} className="w-24 shrink-0 justify-center">
          {word}
        </Badge>
        <span className="min-w-0 flex-1 basis-36 truncate">
          <span className="text-muted">{object.kind}</span> <span className="font-medium">{object.name}</span>
        </span>
        {object.conflicts.length > 0 ? (
          <Badge tone="failing" icon={<Swords aria-hidden />}>
            {plural(object.conflicts.length, 'conflict')}
          </Badge>
        ) : null}
        {object.restarts > 0 ? (
          <span className="flex shrink-0 items-center gap-1 text-xs text-progress">
            <RotateCcw aria-hidden className="size-3" />
            restarts {plural(object.restarts, 'pod')}
          </span>
        ) : null}
        {added + removed > 0 ? (
          <span className="shrink-0 font-mono text-xs max-sm:hidden">
            <span className="text-ok">+{added}</span> <span className="text-fail">−{removed}</span>
          </span>
        ) : null}
      </button>
      {open ? <ObjectDetail object={object} /> : null}
    </li>
  )
}

function ObjectDetail({ object }: { object: ObjectPlan }) {
  return (
    <div className="space-y-2 px-3 pb-3 sm:pl-9">
      {object.notes.map((note) => (
        <p key={note} className="text-xs text-muted">
          {note}
        </p>
      ))}
      {object.conflicts.map((conflict) => (
        <div
          key={`${conflict.field}${conflict.manager}`}
          className="rounded-md bg-fail-soft px-2.5 py-1.5 text-xs text-fail"
        >
          <span className="font-mono">{conflict.field}</span> is owned by{' '}
          <span className="font-medium">{conflict.manager}</span>
          {conflict.message ? <span className="block">{conflict.message}</span> : null}
        </div>
      ))}
      {object.change === 'none' && object.diff.length === 0 ? (
        <p className="text-xs text-muted">Applying it changes nothing; no pod restarts.</p>
      ) : null}
      {object.diff.length > 0 ? (
        <DiffView
          lines={shownLines(object.diff)}
          title={`${object.apiVersion} ${object.kind}${object.namespace ? ` ${object.namespace}` : ''}/${object.name}`}
        />
      ) : null}
    </div>
  )
}
