import { CircleMinus, TriangleAlert } from 'lucide-react'

/** Kubernetes knows two types: what is worth a look, and the rest. */
export function EventType({ type }: { type: string }) {
  const warning = type === 'Warning'
  const Icon = warning ? TriangleAlert : CircleMinus
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle ${warning ? 'text-progress' : 'text-muted'}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {type}
    </span>
  )
}
