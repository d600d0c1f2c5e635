import type { ControlPlaneEvidence } from '@fairlead/contracts/control-plane'
import type { Clock } from '@fairlead/contracts/decision'
import type { FairleadError } from '@fairlead/contracts/errors'
import { staleAfterMs, type SourceState } from '@fairlead/contracts/freshness'
import type { TransactionalSql } from '@fairlead/db/fast-sql'
import { clusterStateOf, type ClusterStanding, type Pulse, type SourceStanding } from './cluster-state'
import type { Lease } from './lease'
import { writeStatus, type SourceRow } from './status-write'
import { unitWords, type WatchUnit } from './watch-unit'

/** Collects what a cluster's watches and heartbeat say and keeps the stored freshness as fresh as that. */
export interface ClusterStatus {
  source(unit: WatchUnit, state: SourceState, message: string | null, lastByteAt: Date | null): void
  byte(unit: WatchUnit, at: Date): void
  synced(unit: WatchUnit, objects: number): void
  beat(at: Date): void
  failed(error: FairleadError): void
  controlPlane(evidence: readonly ControlPlaneEvidence[], version: string | null): void
  /** Writes what is left and stops. */
  close(): Promise<void>
}

export interface StatusDeps {
  readonly sql: TransactionalSql
  readonly lease: Lease
  readonly units: readonly WatchUnit[]
  /** Of the last byte under an earlier lease. */
  readonly lastSeenAt: Date | null
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/** Bytes and heartbeats alone are written this often; a change of state at once. */
const everyMs = 2_500
/** Browsers compute how old a cluster is themselves, from a time that is sent to them this often. */
const announceEveryMs = 5_000

interface Source extends SourceStanding {
  readonly lastByteAt: Date | null
  readonly syncedAt: Date | null
  readonly objects: number | null
}

interface Known {
  pulse: Pulse
  lastSeenAt: Date | null
  gap: { readonly from: Date; readonly to: Date } | null
  controlPlane: readonly ControlPlaneEvidence[] | null
  version: string | null
  written: string
  announcedAt: number
  /** By the words of their unit. */
  readonly sources: Map<string, Source>
  readonly dirty: Set<string>
}

const unseen = (unit: WatchUnit): Source => ({
  unit,
  state: 'never_synced',
  message: null,
  synced: false,
  lastByteAt: null,
  syncedAt: null,
  objects: null,
})
const newer = (left: Date | null, right: Date | null): Date | null =>
  left === null || (right !== null && right > left) ? right : left

export function createClusterStatus(deps: StatusDeps): ClusterStatus {
  const known: Known = {
    pulse: null,
    lastSeenAt: deps.lastSeenAt,
    gap: null,
    controlPlane: null,
    version: null,
    written: '',
    announcedAt: 0,
    sources: new Map(deps.units.map((unit) => [unitWords(unit), unseen(unit)])),
    dirty: new Set(),
  }
  const writer = createWriter(() => flush(deps, known), deps.onError)
  const change = (unit: WatchUnit, part: Partial<Source>): void => {
    const key = unitWords(unit)
    known.sources.set(key, { ...(known.sources.get(key) ?? unseen(unit)), ...part })
    known.dirty.add(key)
  }
  const seen = (at: Date): void => {
    const from = known.lastSeenAt
    if (from !== null && at.getTime() - from.getTime() > staleAfterMs) known.gap = { from, to: at }
    known.lastSeenAt = newer(from, at)
  }
  return {
    source(unit, state, message, lastByteAt) {
      change(unit, {
        state,
        message,
        lastByteAt: newer(known.sources.get(unitWords(unit))?.lastByteAt ?? null, lastByteAt),
      })
      writer.now()
    },
    byte(unit, at) {
      change(unit, { lastByteAt: at })
      seen(at)
    },
    synced(unit, objects) {
      change(unit, { synced: true, syncedAt: deps.clock(), objects })
      writer.now()
    },
    beat(at) {
      const recovered = known.pulse?.ok !== true
      known.pulse = { ok: true }
      seen(at)
      if (recovered) writer.now()
    },
    failed(error) {
      known.pulse = { ok: false, code: error.code, message: error.message }
      if (known.written !== keyOf(clusterStateOf(known.pulse, [...known.sources.values()]))) writer.now()
    },
    controlPlane(evidence, version) {
      known.controlPlane = evidence
      known.version = version
      writer.now()
    },
    close: writer.close,
  }
}

const keyOf = ({ state, message }: ClusterStanding): string => `${state} ${message ?? ''}`

async function flush({ sql, lease, clock }: StatusDeps, known: Known): Promise<void> {
  const standing = clusterStateOf(known.pulse, [...known.sources.values()])
  const { lastSeenAt, gap, controlPlane, version } = known
  const dirty = [...known.dirty]
  const sources = dirty.flatMap((key): SourceRow[] => {
    const source = known.sources.get(key)
    if (source === undefined) return []
    const { unit, ...row } = source
    return [{ ...row, kind: unit.kind, namespace: unit.namespace ?? '' }]
  })
  const now = clock().getTime()
  const changed = keyOf(standing) !== known.written
  const announce = changed || controlPlane !== null || now - known.announcedAt >= announceEveryMs
  known.dirty.clear()
  known.gap = null
  known.controlPlane = null
  try {
    await writeStatus(sql, lease, { standing, lastSeenAt, sources, gap, controlPlane, version, announce })
    known.written = keyOf(standing)
    if (announce) known.announcedAt = now
  } catch (error) {
    for (const key of dirty) known.dirty.add(key)
    known.gap ??= gap
    known.controlPlane ??= controlPlane
    throw error
  }
}

/** One write at a time; whatever comes while it runs goes into the next one. */
function createWriter(write: () => Promise<void>, onError: (error: unknown) => void) {
  let running: Promise<void> | null = null
  let again = false
  const run = async (): Promise<void> => {
    do {
      again = false
      await write().catch(onError)
    } while (again)
    running = null
  }
  const now = (): void => {
    again = true
    // Deferred, so that twelve sources that change in one turn make one write.
    running ??= Promise.resolve().then(run)
  }
  const timer = setInterval(now, everyMs)
  return {
    now,
    close: async (): Promise<void> => {
      clearInterval(timer)
      now()
      await running
    },
  }
}
