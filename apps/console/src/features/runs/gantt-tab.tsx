'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { IconButton } from '@fairlead/ui/icon-button'
import { ZoomIn, ZoomOut } from 'lucide-react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { GanttChart } from './gantt-chart'
import { GanttLegend } from './gantt-legend'

const zooms = [1, 2, 4, 8, 16, 32, 64] as const

/** When each task waited, was ready and ran, on one axis of time. */
export function GanttTab({ run, cursor }: { run: RunView; cursor: string | null }) {
  const [params, set] = useUrlParams()
  const at = Math.max(
    0,
    zooms.findIndex((each) => String(each) === params.get('zoom')),
  )
  const zoomTo = (place: number) => {
    const next = zooms[Math.min(zooms.length - 1, Math.max(0, place))] ?? 1
    set({ zoom: next === 1 ? null : String(next) })
  }
  useHotkey('+', () => zoomTo(at + 1), { description: 'Zoom in' })
  useHotkey('-', () => zoomTo(at - 1), { description: 'Zoom out' })
  useHotkey('0', () => zoomTo(0), { description: 'The whole run' })
  if (run.tasks.length === 0)
    return (
      <EmptyState title="No task yet" className="rounded-lg border border-line bg-surface">
        The run is queued: its tasks are made when it begins.
      </EmptyState>
    )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-3">
        <GanttLegend critical={run.criticalPath.length > 0} />
        <div className="flex items-center gap-1">
          <IconButton
            label="Zoom out"
            shortcut="-"
            icon={<ZoomOut aria-hidden />}
            disabledReason={at === 0 ? 'The whole run is in sight.' : null}
            onClick={() => zoomTo(at - 1)}
          />
          <span role="status" className="w-9 text-center text-xs text-muted">
            {zooms[at]}×
          </span>
          <IconButton
            label="Zoom in"
            shortcut="+"
            icon={<ZoomIn aria-hidden />}
            disabledReason={at === zooms.length - 1 ? 'This is as near as it goes.' : null}
            onClick={() => zoomTo(at + 1)}
          />
          <Button size="sm" variant="ghost" onClick={() => zoomTo(0)}>
            Whole run
          </Button>
        </div>
      </div>
      <GanttChart run={run} zoom={zooms[at] ?? 1} cursor={cursor} />
    </>
  )
}
