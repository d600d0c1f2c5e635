import type { ReactNode } from 'react'
import type { Layout, PlacedEdge, PlacedNode } from './layout'
import type { Detail } from './view'

export type NodeLook = { readonly detail: Detail; readonly current: boolean; readonly selected: boolean }

export type GraphCanvasProps = {
  layout: Layout
  /** What it shows, for people who can't see it. */
  label: string
  drawNode: (node: PlacedNode, look: NodeLook) => ReactNode
  /** Said when the keyboard reaches a node. */
  describe: (id: string) => string
  /** Edges drawn strong, e.g. those of the critical path. */
  strong?: ((edge: PlacedEdge) => boolean) | undefined
  selected?: string | null | undefined
  onOpen?: ((id: string) => void) | undefined
  /** The same as text, for screen readers and for the list switch. */
  list: (plain: boolean) => ReactNode
  className?: string | undefined
}
