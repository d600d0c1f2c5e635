import type { ControlPlaneEvidence } from '@fairlead/contracts/control-plane'

/** The watcher writes what it sees at least every ten seconds: past this it is not looking any more. */
const believedForMs = 45_000

/** Pure: evidence as far as it can be believed now. Unknown is never green, nor red. */
export const believed = (
  evidence: readonly ControlPlaneEvidence[],
  now: Date,
): readonly ControlPlaneEvidence[] =>
  evidence.map((row) => {
    const at = row.checkedAt === null ? Number.NaN : Date.parse(row.checkedAt)
    if (now.getTime() - at <= believedForMs) return row
    const last = row.state === 'unknown' ? '' : `; then: ${row.evidence}`
    return {
      ...row,
      state: 'unknown' as const,
      evidence: `Nobody has looked since ${row.checkedAt ?? 'ever'}${last}`,
      signals: [],
    }
  })
