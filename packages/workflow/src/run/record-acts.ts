import { Prisma } from '@fairlead/db/sql'
import type { ActResult } from './act'
import type { EngineDeps } from './engine-deps'
import { lockedValues } from './locked-values'
import { orphanAfterMs, stopAgainMs, unconfirmedMs } from './start-claim'
import { after } from './times'

const firstRetryMs = 1_000
const longestRetryMs = 30_000

interface ActWrite {
  readonly key: string
  readonly start: boolean
  readonly accepted: boolean
  /** Written as an observation: the next pass decides on it like on any other. */
  readonly said: 'failed' | 'gone' | null
  readonly cause: string | null
  readonly reason: string
  readonly nextAt: Date | null
  readonly tried: boolean
}

const actColumns = Prisma.sql`key text, start boolean, accepted boolean, said text, cause text, reason text,
  "nextAt" timestamptz, tried boolean`

/** A start that nobody has confirmed may still be on its way: "gone" is said too early of it. */
const believedPhase = (now: Date): Prisma.Sql => Prisma.sql`,
  CASE WHEN NOT (w.said = 'gone' AND x."acceptedAt" IS NULL AND x.uid IS NULL
    AND x."finishBy" > ${after(now, orphanAfterMs - unconfirmedMs)}) THEN w.said END AS phase`

/** Answers of the runner, by compare-and-set: what was observed meanwhile is newer and stays. */
export async function recordActs(
  { sql }: Pick<EngineDeps, 'sql'>,
  results: readonly ActResult[],
  now: Date,
): Promise<void> {
  if (results.length === 0) return
  const writes = JSON.stringify(results.map((result) => writeOf(result, now)))
  await sql.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts a SET
      state = CASE WHEN v.accepted AND a.state = 'intended' THEN 'accepted' ELSE a.state END,
      "acceptedAt" = CASE WHEN v.accepted AND a."acceptedAt" IS NULL THEN ${now} ELSE a."acceptedAt" END,
      "nextAt" = CASE WHEN v.start AND a.state = 'stopping' THEN a."nextAt"
        WHEN v.accepted THEN LEAST(a."startBy", a."finishBy")
        WHEN v.start THEN LEAST(v."nextAt", a."startBy", a."finishBy")
        ELSE COALESCE(v."nextAt", a."nextAt") END,
      dirty = (a."observedPhase" IS NOT NULL AND a.dirty) OR v.phase IS NOT NULL OR (NOT v.accepted AND a.state = 'intended')
        OR (v.start AND a.state = 'stopping' AND a.dirty),
      "observedPhase" = CASE WHEN v.phase = 'gone' AND a."observedPhase" IN ('pending', 'running') THEN v.phase
        ELSE COALESCE(a."observedPhase", v.phase) END,
      "observedCause" = CASE WHEN a."observedPhase" IS NULL THEN COALESCE(v.cause, a."observedCause") ELSE a."observedCause" END,
      "observedReason" = CASE WHEN a."observedPhase" IS NULL AND v.reason <> '' THEN v.reason ELSE a."observedReason" END,
      "observedSeq" = a."observedSeq" + CASE WHEN v.phase IS NULL THEN 0 ELSE 1 END,
      "observedAt" = CASE WHEN v.phase IS NULL THEN a."observedAt" ELSE COALESCE(a."observedAt", ${now}) END,
      "startTries" = a."startTries" + CASE WHEN v.tried THEN 1 ELSE 0 END
    FROM ${lockedValues(writes, actColumns, believedPhase(now))}
    WHERE a.key = v.key AND a.live`)
}

const nothing = {
  start: false,
  accepted: false,
  said: null,
  cause: null,
  reason: '',
  nextAt: null,
  tried: false,
} as const

function writeOf({ kind, attempt, result }: ActResult, now: Date): ActWrite {
  const { key } = attempt
  if (kind === 'stop') {
    // Not believed of a start that nobody has confirmed: then it is asked again.
    if (result.kind === 'gone') return { ...nothing, key, said: 'gone', nextAt: after(now, firstRetryMs) }
    const reason = result.kind === 'unreachable' ? result.reason : ''
    return { ...nothing, key, reason, nextAt: after(now, stopAgainMs(attempt, now)) }
  }
  if (result.kind !== 'rejected') return { ...nothing, key, start: true, accepted: true }
  const { cause, reason } = result
  if (result.permanence === 'permanent')
    return { ...nothing, key, start: true, said: 'failed', cause, reason }
  const delayMs = Math.min(firstRetryMs * 2 ** attempt.startTries, longestRetryMs)
  return { ...nothing, key, start: true, cause, reason, nextAt: after(now, delayMs), tried: true }
}
