import type { PlainObject } from '@fairlead/insight/network/plain'
import type { Condition } from '../summarize/summarized'
import type { ContainerSummary } from '../summarize/pod'
import type { Kept } from '../summarize/kept'

/** A row as the network rules need it. */
export interface NetworkRow {
  readonly kind: string
  readonly uid: string
  readonly namespace: string | null
  readonly name: string
  readonly createdAt: Date
  readonly labels: Readonly<Record<string, string>>
  readonly ownerUid: string | null
  readonly kept: Kept | null
  /** Of a pod; null for the others. */
  readonly phase: string | null
  readonly conditions: readonly Condition[] | null
  readonly containers: readonly ContainerSummary[] | null
}

/** The object that a row was made of, as far as it was kept, in the shape in which an API server sends it. */
export function plainObject(row: NetworkRow): PlainObject {
  const { kept } = row
  const owner = { kind: 'controller', name: row.ownerUid?.slice(0, 8) ?? '', uid: row.ownerUid ?? '' }
  return {
    kind: row.kind,
    metadata: {
      name: row.name,
      namespace: row.namespace ?? undefined,
      uid: row.uid,
      labels: row.labels,
      generation: kept?.generation,
      annotations: kept?.annotations,
      deletionTimestamp: kept?.deleting === true ? row.createdAt.toISOString() : undefined,
      ownerReferences: row.ownerUid === null ? [] : [{ ...owner, controller: true }],
    },
    ...kept?.fields,
    ...(row.kind === 'Pod' ? { status: podStatus(row) } : {}),
  }
}

const podStatus = ({ phase, conditions, containers }: NetworkRow) => ({
  phase,
  conditions: conditions ?? [],
  containerStatuses: (containers ?? [])
    // "Waiting" without a reason is what a container reads as that no kubelet has spoken of.
    .filter(({ init, state }) => !init && state !== 'Waiting')
    .map(({ name, ready, state }) => ({
      name,
      ready,
      state: state === 'Running' ? { running: {} } : { waiting: { reason: state } },
    })),
})
