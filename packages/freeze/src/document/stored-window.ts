import { durationMs } from '@fairlead/contracts/application'
import {
  freezeWindowDocumentSchema,
  type FreezeSpec,
  type FreezeWindowDocument,
} from '@fairlead/contracts/freeze-document'
import type { FreezeDb, FreezeTx } from '@fairlead/db/views'
import type { ScopedRule } from '../algebra/scope'
import type { Times } from '../algebra/times'
import { momentOf } from './moments'

export interface StoredWindow extends ScopedRule {
  readonly timezone: string
  readonly schedule: FreezeSpec['schedule']
}

/** Our own JSON column is a door like any other: what comes out of it is parsed. */
export const documentOf = (column: unknown): FreezeWindowDocument => freezeWindowDocumentSchema.parse(column)

const timesOf = ({ schedule }: FreezeSpec): Times =>
  'cron' in schedule
    ? {
        kind: 'recurring',
        timetable: { cron: schedule.cron, timezone: schedule.timezone },
        durationMs: durationMs(schedule.duration),
      }
    : {
        kind: 'once',
        from: momentOf(schedule.from, schedule.timezone),
        until: momentOf(schedule.until, schedule.timezone),
      }

export function windowOf(column: unknown): StoredWindow {
  const { metadata, spec } = documentOf(column)
  return {
    name: metadata.name,
    mode: spec.mode,
    reason: spec.reason,
    running: spec.running,
    times: timesOf(spec),
    scope: spec.scope,
    actions: spec.actions ?? null,
    timezone: spec.schedule.timezone,
    schedule: spec.schedule,
  }
}

export async function loadWindows(
  db: Pick<FreezeDb | FreezeTx, 'freezeWindow'>,
): Promise<readonly StoredWindow[]> {
  const rows = await db.freezeWindow.findMany({ orderBy: { name: 'asc' }, select: { document: true } })
  return rows.map(({ document }) => windowOf(document))
}
