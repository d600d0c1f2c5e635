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
