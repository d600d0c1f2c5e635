import type { RevisionRow } from '@fairlead/contracts/inventory'
import type { ReplicaSetBar } from '@fairlead/ui/surge-bars'

export type ReplicaSets = {
  current: ReplicaSetBar
  /** Every older ReplicaSet that still has pods, drawn as one. */
  old: ReplicaSetBar | null
  images: readonly string[]
}

/** The two bars of a rolling update; null while no ReplicaSet of the new template is seen. */
export function replicaSetsOf(revisions: readonly RevisionRow[]): ReplicaSets | null {
  const current = revisions.find((revision) => revision.current)
  if (current === undefined) return null
  const older = revisions.filter(
    (revision) => revision !== current && (revision.replicas > 0 || revision.desired > 0),
  )
  return {
    current: { revision: label(current), ready: current.ready, total: current.replicas },
    old: older.length === 0 ? null : together(older),
    images: current.images,
  }
}

function together(revisions: readonly RevisionRow[]): ReplicaSetBar {
  return {
    revision: revisions.map(label).join('+'),
    ready: revisions.reduce((sum, { ready }) => sum + ready, 0),
    total: revisions.reduce((sum, { replicas }) => sum + replicas, 0),
  }
}

const label = ({ revision, name }: RevisionRow): string => (revision === '' ? name : revision)
