'use client'

import type { DriftedObject } from '@fairlead/contracts/drift'
import { Badge } from '@fairlead/ui/badge'
import { DiffView } from '@fairlead/ui/diff-view'
import { RelativeTime } from '@fairlead/ui/relative-time'
import type { Tone } from '@fairlead/ui/tone'
import { RotateCcw } from 'lucide-react'
import { shownLines } from '@/features/deploy/plan-facts'

const changes: Readonly<Record<DriftedObject['change'], { word: string; tone: Tone }>> = {
  changed: { word: 'changed', tone: 'progress' },
  missing: { word: 'missing', tone: 'failing' },
  unreadable: { word: 'not known', tone: 'unknown' },
}

/** One object that isn't as its release has it: who wrote what, and the way from what is there to what should be. */
export function DriftedObjectRow({ object }: { object: DriftedObject }) {
  const { kind, name, change, notes, authors, diff, restarts } = object
  const { word, tone } = changes[change]
  return (
    <li className="min-w-0 space-y-2 border-t border-line px-4 py-3 first:border-t-0">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={tone}>{word}</Badge>
        <span className="min-w-0 flex-1 truncate">
          <span className="text-muted">{kind}</span> <span className="font-medium">{name}</span>
        </span>
        {restarts > 0 ? (
          <span className="flex shrink-0 items-center gap-1 text-xs text-progress">
            <RotateCcw aria-hidden className="size-3" />
            putting it back restarts {restarts === 1 ? 'one pod' : `${restarts} pods`}
          </span>
        ) : null}
      </p>
      {notes.map((note) => (
        <p key={note} className="text-xs text-muted">
          {note}
        </p>
      ))}
      {authors.map(({ manager, operation, at, fields }) => (
        <p key={manager} className="text-xs break-words text-muted">
          {fields.length > 0 ? (
            <span className="font-mono text-fg">{fields.join(', ')}</span>
          ) : (
            'Last written'
          )}{' '}
          by <span className="font-medium text-fg">{manager}</span>
          {operation ? ` (${operation})` : ''}
          {at ? (
            <>
              , <RelativeTime at={at} />
            </>
          ) : null}
        </p>
      ))}
      {diff.length > 0 ? (
        <DiffView lines={shownLines(diff)} title={`${kind}/${name}: what is there → what was verified`} />
      ) : null}
    </li>
  )
}
