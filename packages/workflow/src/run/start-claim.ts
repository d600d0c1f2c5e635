/**
 * Nobody can take back a request that is on its way, and a process may stand still for minutes between its record and
 * its call. So a start is claimed in the transaction before it, and sent soon or not at all: whatever comes to be under
 * an attempt's name came to be by then, and once the attempt is over nothing more does.
 */

/** Nobody else asks for a start within this long. */
export const startClaimMs = 8_000
/** Whoever claimed it sends it within this long. */
export const startFreshMs = 4_000
/** Of a start that nobody has confirmed, `gone` is believed only this long after it was given up. */
export const unconfirmedMs = 10_000
/** An attempt that was given up on a cluster that doesn't answer holds up its run no longer than this. */
export const orphanAfterMs = 60_000
/** The same where the cluster answers and still has it: a finalizer or a lost node can keep it for ever. */
export const stuckAfterMs = 600_000

const soonestStopMs = 1_000
const latestStopMs = 15_000

/** How long something has been asked to stop; `finishBy` is `orphanAfterMs` after it was given up. */
export const stoppingForMs = ({ finishBy }: { readonly finishBy: Date | null }, now: Date): number =>
  finishBy === null ? 0 : now.getTime() - finishBy.getTime() + orphanAfterMs

/** When to ask again: soon at first, and ever more seldom of what does not go. */
export const stopAgainMs = (attempt: { readonly finishBy: Date | null }, now: Date): number =>
  Math.min(latestStopMs, Math.max(soonestStopMs, Math.round(stoppingForMs(attempt, now) / 8)))
