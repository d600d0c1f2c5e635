'use client'

import { cn } from '@fairlead/ui/cn'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import type { GraphCanvasProps } from './graph-canvas-props'
import { GraphDrawing } from './graph-drawing'
import { GraphTools } from './graph-tools'
import { usePointers, useView } from './use-view'
import { detailOf, regionOf, stepped, type Step } from './view'

const zoomStep = 1.25

/** A drawing to pan, zoom and walk by arrow keys; only what is in sight is drawn. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { layout, label, describe, selected = null, onOpen, list, className } = props
  const [asList, setAsList] = useState(false)
  const [cursor, setCursor] = useState<string | null>(null)
  const [seen, setSeen] = useState(selected)
  if (seen !== selected) {
    setSeen(selected)
    setCursor(selected)
  }
  const current = cursor ?? selected
  const frame = useRef<HTMLDivElement>(null)
  const { view, size, change, fit, zoomBy, reveal } = useView(frame, layout, selected)
  const press = (id: string) => {
    setCursor(id)
    onOpen?.(id)
  }
  const pointers = usePointers(frame, change, press)
  const id = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key.startsWith('Arrow')) {
      const next = stepped(layout, current, key as Step)
      if (next === null) return
      setCursor(next)
      reveal(next)
    } else if (key === 'Enter' && current !== null) onOpen?.(current)
    else if (key === '+' || key === '=') zoomBy(zoomStep)
    else if (key === '-') zoomBy(1 / zoomStep)
    else if (key === '0') fit()
    else return
    event.preventDefault()
  }
  return (
    <div
      className={cn('relative min-h-48 overflow-hidden rounded-lg border border-line bg-sunken', className)}
    >
      <div
        ref={frame}
        role="application"
        aria-label={label}
        aria-describedby={`${id}keys`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...pointers}
        className={cn(
          'absolute inset-0 cursor-grab touch-none select-none focus-visible:-outline-offset-2 active:cursor-grabbing',
          asList && 'hidden',
        )}
      >
        {view ? (
          <svg aria-hidden width={size.width} height={size.height} className="block">
            <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
              <GraphDrawing
                layout={layout}
                drawNode={props.drawNode}
                strong={props.strong}
                selected={selected}
                current={current}
                detail={detailOf(view.k)}
                {...regionOf(view, size)}
              />
            </g>
          </svg>
        ) : null}
        <p id={`${id}keys`} className="sr-only">
          Arrow keys follow the edges, Enter opens, plus and minus zoom, zero shows all.
        </p>
      </div>
      <div
        className={asList ? 'absolute inset-0 overflow-auto bg-surface pb-12' : 'sr-only'}
        role="region"
        aria-label={`${label}, as a list`}
        {...(asList ? { tabIndex: 0 } : {})}
      >
        {list(!asList)}
      </div>
      <p aria-live="polite" className="sr-only">
        {cursor === null ? '' : describe(cursor)}
      </p>
      <GraphTools
        asList={asList}
        onList={() => setAsList(!asList)}
        scale={view?.k ?? 1}
        onZoom={(inwards) => zoomBy(inwards ? zoomStep : 1 / zoomStep)}
        onFit={fit}
      />
    </div>
  )
}
