/** What can go wrong between an engine and a cluster. Each is a probability per occasion, 0 to 1. */
export interface Faults {
  /** `start` created it, but the answer was lost: it throws. */
  readonly lostResponse: number
  /** `start` throws, and the creation happens later all the same. */
  readonly lateCreate: number
  /** `start` is turned away for now: quota or an overloaded API server. */
  readonly turnedAway: number
  /** An observation never arrives; a later full list makes up for it. */
  readonly drop: number
  readonly duplicate: number
  /** Two neighbouring observations change places; never across a full list. */
  readonly reorder: number
  /** 410: what was on its way is thrown away, and everything is listed again. */
  readonly relist: number
  /** The watch says nothing for a while, without an error, and then lists again. */
  readonly stall: number
  /** A living attempt is gone without a word. */
  readonly vanish: number
  /** An ended attempt is gone without a word. */
  readonly vanishEnded: number
  /** Its pod is deleted, or its node drained. */
  readonly disrupt: number
  /** The cluster can't be reached for a while; what runs there goes on. */
  readonly unreachable: number
  /** An end is seen much later than it was. */
  readonly lateResult: number
  /** A cancelled program ends by itself before it is stopped, with its own result. */
  readonly endsWhileStopping: number
  /** Its cluster answers that it is being stopped, for a quarter of an hour and more. */
  readonly stuckStop: number
}

export type Fault = keyof Faults

export const noFaults: Faults = {
  lostResponse: 0,
  lateCreate: 0,
  turnedAway: 0,
  drop: 0,
  duplicate: 0,
  reorder: 0,
  relist: 0,
  stall: 0,
  vanish: 0,
  vanishEnded: 0,
  disrupt: 0,
  unreachable: 0,
  lateResult: 0,
  endsWhileStopping: 0,
  stuckStop: 0,
}

/** A bad day: everything at once, often enough to meet each other. */
export const someFaults: Faults = {
  lostResponse: 0.1,
  lateCreate: 0.03,
  turnedAway: 0.1,
  drop: 0.05,
  duplicate: 0.05,
  reorder: 0.1,
  relist: 0.02,
  stall: 0.01,
  vanish: 0.01,
  vanishEnded: 0.005,
  disrupt: 0.01,
  unreachable: 0.005,
  lateResult: 0.05,
  endsWhileStopping: 0.3,
  stuckStop: 0.02,
}

/** mulberry32: the same numbers for the same seed, everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
