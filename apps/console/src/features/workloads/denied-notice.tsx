import type { DeniedSource } from '@fairlead/contracts/inventory'
import { Lock } from 'lucide-react'

type DeniedNoticeProps = { denied: readonly DeniedSource[]; clusterName: (id: string) => string }

/** What Fairlead may not read is not none: where that is, with the right that is missing. */
export function DeniedNotice({ denied, clusterName }: DeniedNoticeProps) {
  if (denied.length === 0) return null
  const places = denied.map(({ clusterId, namespace }) =>
    namespace === null ? clusterName(clusterId) : `${clusterName(clusterId)}/${namespace}`,
  )
  return (
    <p
      title={[...new Set(denied.flatMap(({ message }) => message ?? []))].join('\n')}
      className="flex items-center gap-1.5 text-xs text-muted"
    >
      <Lock aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 truncate">Not permitted, so not known, in {places.join(', ')}</span>
    </p>
  )
}
