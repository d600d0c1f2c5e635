/** Something may or may not happen; when it may not, why, who can change that, and until when. */
export type Decision =
  | { readonly passed: true }
  | { readonly passed: false; readonly reason: string; readonly owner?: string; readonly until?: string }

/** What one reconcile pass says: nothing more to do, or look again at `checkAt` because of `reason`. */
export type Outcome = { readonly settled: true } | { readonly checkAt: Date; readonly reason: string }

/** One function for the first pass, a retry, crash recovery, a resync and a user's click. */
export type Reconcile<K> = (key: K, now: Date) => Promise<Outcome>

/** The clock every room takes as a parameter. */
export type Clock = () => Date
