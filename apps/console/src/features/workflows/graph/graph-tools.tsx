'use client'

import { IconButton } from '@fairlead/ui/icon-button'
import { List, Maximize, Minus, Network, Plus } from 'lucide-react'

type GraphToolsProps = {
  asList: boolean
  onList: () => void
  scale: number
  onZoom: (inwards: boolean) => void
  onFit: () => void
}

export function GraphTools({ asList, onList, scale, onZoom, onFit }: GraphToolsProps) {
  return (
    <div className="absolute right-2 bottom-2 flex items-center gap-0.5 rounded-md border border-line bg-raised p-0.5">
      {asList ? null : (
        <>
          <IconButton
            size="sm"
            label="Zoom out"
            shortcut="-"
            icon={<Minus aria-hidden />}
            onClick={() => onZoom(false)}
          />
          <span className="w-10 text-center text-xs text-muted">{Math.round(scale * 100)}%</span>
          <IconButton
            size="sm"
            label="Zoom in"
            shortcut="+"
            icon={<Plus aria-hidden />}
            onClick={() => onZoom(true)}
          />
          <IconButton
            size="sm"
            label="Show all"
            shortcut="0"
            icon={<Maximize aria-hidden />}
            onClick={onFit}
          />
        </>
      )}
      <IconButton
        size="sm"
        label={asList ? 'Show as a graph' : 'Show as a list'}
        icon={asList ? <Network aria-hidden /> : <List aria-hidden />}
        onClick={onList}
      />
    </div>
  )
}
