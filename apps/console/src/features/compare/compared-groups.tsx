'use client'

import {
  outcomeWords,
  sideName,
  type ComparedObject,
  type ComparedSide,
  type ComparisonView,
  type Outcome,
} from '@fairlead/contracts/comparison'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { TextLink } from '@fairlead/ui/text-link'
import { ArrowLeft, ArrowRight, ChevronRight, Equal, EqualNot, type LucideIcon } from 'lucide-react'
import { plural } from '@/features/deploy/plan-facts'
import { objectHref } from '@/features/workloads/object-address'
import { FieldTable } from './field-table'
import type { groupsInView } from './in-view'

type GroupsProps = { view: ComparisonView; groups: ReturnType<typeof groupsInView> }

const icons: Readonly<Record<Outcome, LucideIcon>> = {
  different: EqualNot,
  left: ArrowLeft,
  right: ArrowRight,
  equal: Equal,
}
/** More open tables than this are a wall; the rest opens with a click. */
const openUpTo = 20

/** What differs field by field, then what only one side has, then what is equal. */
export function ComparedGroups({ view, groups }: GroupsProps) {
  return groups.map(({ outcome, objects }) => {
    const Icon = icons[outcome]
    return (
      <section key={outcome} className="min-w-0 rounded-lg border border-line bg-surface">
        <h2 className="flex min-h-10 items-center gap-2 border-b border-line px-4 text-sm font-semibold">
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 break-words">
            {objects.length} {outcomeWords(view, outcome, objects.length)}
          </span>
        </h2>
        <ul className="divide-y divide-line">
          {objects.map((object, index) => (
            <li key={`${object.kind}/${object.name}`} className="min-w-0">
              {outcome === 'different' ? (
                <Different view={view} object={object} open={index < openUpTo} />
              ) : (
                <Undivided view={view} object={object} />
              )}
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

type ObjectProps = { view: ComparisonView; object: ComparedObject }

function Different({ view, object, open }: ObjectProps & { open: boolean }) {
  const { kind, name, differences, more } = object
  return (
    <details className="group" open={open}>
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 px-4 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint group-open:rotate-90" />
        <Name object={object} />
        <span className="ml-auto text-xs text-muted">
          {plural(differences.length + more, 'field differs', 'fields differ')}
        </span>
      </summary>
      <div className="flex min-w-0 flex-col gap-2 px-4 pb-3">
        <FieldTable
          label={`Fields of ${kind} ${name}`}
          left={sideName(view.left)}
          right={sideName(view.right)}
          differences={differences}
        />
        {more > 0 ? (
          <p className="text-xs text-muted">{plural(more, 'more field differs', 'more fields differ')}.</p>
        ) : null}
        <Links object={object} sides={[view.left, view.right]} />
      </div>
    </details>
  )
}

/** On one side alone, or equal on both: the object itself is all there is to show. */
function Undivided({ view, object }: ObjectProps) {
  const sides = { left: [view.left], right: [view.right], equal: [view.left, view.right], different: [] }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <Name object={object} />
      <span className="ml-auto">
        <Links object={object} sides={sides[object.outcome]} />
      </span>
    </div>
  )
}

function Name({ object: { kind, name } }: { object: ComparedObject }) {
  return (
    <span className="min-w-0 break-all">
      <span className="text-muted">{kind}</span> <span className="font-medium">{name}</span>
    </span>
  )
}

const isWatched = (kind: string): kind is WatchedKind => Object.hasOwn(watchedKinds, kind)

/** To the object's own page on each side; parts of clusters that are no objects have none. */
function Links({
  object: { kind, name },
  sides,
}: {
  object: ComparedObject
  sides: readonly ComparedSide[]
}) {
  if (!isWatched(kind)) return null
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {sides.map(({ cluster, namespace }, index) => (
        <TextLink key={index} href={objectHref({ cluster: cluster.name, kind, namespace, name })}>
          Open in {sideName({ cluster, namespace })}
        </TextLink>
      ))}
    </span>
  )
}
