'use client'

import type { AttemptView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { cn } from '@fairlead/ui/cn'
import type { TaskPlace } from './addresses'
import { GanttBar } from './gantt-bar'
import type { GanttGeometry } from './gantt-geometry'
import { GanttLabel } from './gantt-label'
import type { GanttRow } from './gantt-rows'

type GanttRowProps = {
  row: GanttRow
  geometry: GanttGeometry
  attempts: readonly AttemptView[] | null
  critical: boolean
  active: boolean
  isOpen: boolean
  onToggle: (task: string) => void
  onMore: (task: string) => void
  onOpen: (place: TaskPlace) => void
}

/** One task, or one index of a fan-out: its name, which stays in sight, and its bar. */
export function GanttRowView(props: GanttRowProps) {
  const { row, geometry, attempts, critical, active, isOpen, onToggle, onMore, onOpen } = props
  if (row.kind === 'more')
    return (
      <li className="flex h-8 items-center">
        <div className="sticky left-0 pl-8">
          <Button size="sm" variant="ghost" onClick={() => onMore(row.of)}>
            {row.left.toLocaleString('en')} more indexes
          </Button>
        </div>
      </li>
    )
  return (
    <li className={cn('group/row flex h-8', active ? 'bg-selected' : 'hover:bg-hover/60')}>
      <div
        className={cn(
          'sticky left-0 z-10 shrink-0 border-r border-line',
          active ? 'bg-selected' : 'bg-surface group-hover/row:bg-hover',
        )}
      >
        <svg aria-hidden width={geometry.labelWidth} height="0" className="block" />
        <GanttLabel
          row={row}
          critical={critical}
          active={active}
          isOpen={isOpen}
          onToggle={onToggle}
          onOpen={onOpen}
        />
      </div>
      <GanttBar row={row} geometry={geometry} attempts={attempts} critical={critical} />
    </li>
  )
}
