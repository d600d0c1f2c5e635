import type { Clock } from '@fairlead/contracts/decision'
import type { TransactionalSql } from '@fairlead/db/fast-sql'
import { ingest, rolloutsConcerned, storedVersions } from './ingest'
import { ingestEvents } from './ingest-events'
import type { KindStore } from './kind-handler'
import type { Lease } from './lease'
import type { SeenEvent } from './summarize/event'
import type { SummarizedKind } from './summarize/summarize'
import type { Summarized } from './summarize/summarized'
import type { WatchUnit } from './watch-unit'

export interface StoreDeps {
  readonly sql: TransactionalSql
  readonly lease: Lease
  readonly clock: Clock
  /** Rollouts whose objects changed, after the commit. */
  readonly onRollouts: (rollouts: readonly string[]) => void
}

/** Changes of these are what a rollout waits for: workloads by their label, the others through their owners. */
const concernRollouts: readonly SummarizedKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
  'Pod',
]

export function objectStore(
  unit: WatchUnit & { readonly kind: SummarizedKind },
  deps: StoreDeps,
): KindStore<Summarized> {
  const { sql, lease, clock } = deps
  const { kind } = unit
  return {
    unit,
    stored: () => storedVersions(sql, lease.clusterId, unit),
    uidOf: (row) => row.uid,
    versionOf: (row) => row.resourceVersion,
    async write({ upserts, deletes }, announce) {
      const ingested = await ingest(sql, lease, { kind, upserts, deletes }, { now: clock(), announce })
      if (concernRollouts.includes(kind)) {
        const rollouts = await rolloutsConcerned(sql, lease, ingested)
        if (rollouts.length > 0) deps.onRollouts(rollouts)
      }
      return ingested.changed.length + ingested.deleted.length
    },
  }
}

/** Nothing is ever missing here: events are kept longer than their cluster keeps them. */
export function eventStore(unit: WatchUnit, { sql, lease, clock }: StoreDeps): KindStore<SeenEvent> {
  return {
    unit,
    stored: async () => new Map(),
    uidOf: (event) => event.uid,
    versionOf: (event) => event.resourceVersion,
    write: ({ upserts }, announce) => ingestEvents(sql, lease, upserts, { now: clock(), announce }),
  }
}
