import type { ReactNode } from 'react'
import { cn } from './cn'
import { surgeScale, type SurgeInput } from './surge-scale'

export type ReplicaSetBar = { revision: string; ready: number; total: number }
export type SurgeBarsProps = SurgeInput & {
  oldSet: ReplicaSetBar | null
  newSet: ReplicaSetBar
  stale?: boolean | undefined
  className?: string | undefined
}

/** A rolling update to scale: both ReplicaSets as bars, and the two limits that Kubernetes must keep between. */
export function SurgeBars({ oldSet, newSet, stale, className, ...limits }: SurgeBarsProps) {
  const sets = [newSet, ...(oldSet ? [oldSet] : [])]
  const total = sets.reduce((sum, set) => sum + set.total, 0)
  const ready = sets.reduce((sum, set) => sum + set.ready, 0)
  const scale = surgeScale(limits, total)
  const at = (count: number) => `${(count / scale.width) * 100}%`
  return (
    <figure className={cn('min-w-0 text-xs', stale && 'grayscale', className)}>
      <div className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1.5">
        {sets.map((set, index) => (
          <BarRow key={set.revision} set={set} name={index === 0 ? 'new' : 'old'} at={at} scale={scale} />
        ))}
        <span className="text-muted">both</span>
        <span className="relative block h-5">
          <svg
            role="img"
            aria-label={`${ready} ready of ${total}`}
            width="100%"
            height="20"
            className="block overflow-visible"
          >
            <rect y="7" width="100%" height="6" className="fill-line" />
            <rect y="7" width={at(total)} height="6" className="fill-line-strong" />
            <rect
              y="7"
              width={at(ready)}
              height="6"
              className={ready < scale.floor ? 'fill-fail-solid' : 'fill-ok-solid'}
            />
            <Limits at={at} floor={scale.floor} desired={limits.desired} ceiling={scale.ceiling} />
          </svg>
        </span>
        <span className="text-right whitespace-nowrap">
          {ready}
          <span className="text-faint">/{total}</span>
        </span>
      </div>
      <figcaption className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-muted">
        <Legend dash="3 2">
          at least {scale.floor} ready{' '}
          <span className="text-faint">(maxUnavailable {limits.maxUnavailable})</span>
        </Legend>
        <Legend>desired {limits.desired}</Legend>
        <Legend dash="1 2">
          at most {scale.ceiling} pods <span className="text-faint">(maxSurge {limits.maxSurge})</span>
        </Legend>
        {ready < scale.floor ? <span className="font-medium text-fail">below the floor</span> : null}
      </figcaption>
    </figure>
  )
}

type At = (count: number) => string

function BarRow(props: {
  set: ReplicaSetBar
  name: 'old' | 'new'
  at: At
  scale: { ceiling: number; floor: number }
}) {
  const { set, name, at } = props
  const isNew = name === 'new'
  return (
    <>
      <span className="text-muted">
        {name} <span className="font-mono text-fg">{set.revision}</span>
      </span>
      <svg
        role="img"
        aria-label={`${name} ReplicaSet ${set.revision}: ${set.ready} ready of ${set.total}`}
        width="100%"
        height="14"
        className="block"
      >
        <rect width="100%" height="14" rx="2" className="fill-sunken" />
        <rect
          width={at(set.total)}
          height="14"
          rx="2"
          className={isNew ? 'fill-accent' : 'fill-unknown-solid'}
          opacity="0.35"
        />
        <rect
          width={at(set.ready)}
          height="14"
          rx="2"
          className={isNew ? 'fill-accent' : 'fill-unknown-solid'}
        />
      </svg>
      <span className="text-right whitespace-nowrap">
        {set.ready}
        <span className="text-faint">/{set.total}</span>
      </span>
    </>
  )
}

function Limits(props: { at: At; floor: number; desired: number; ceiling: number }) {
  const { at, floor, desired, ceiling } = props
  const line = 'stroke-fg'
  return (
    <>
      <line x1={at(floor)} x2={at(floor)} y1="2" y2="18" className={line} strokeDasharray="3 2" />
      <line x1={at(desired)} x2={at(desired)} y1="2" y2="18" className={line} />
      <line x1={at(ceiling)} x2={at(ceiling)} y1="2" y2="18" className={line} strokeDasharray="1 2" />
    </>
  )
}

function Legend({ dash, children }: { dash?: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden width="2" height="12" className="overflow-visible">
        <line x1="1" x2="1" y2="12" className="stroke-fg" {...(dash ? { strokeDasharray: dash } : {})} />
      </svg>
      <span>{children}</span>
    </span>
  )
}
