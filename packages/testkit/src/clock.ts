import type { Clock } from '@fairlead/contracts/decision'

export interface TestClock {
  readonly now: Clock
  advance(ms: number): void
}

/** Starts at noon on 2026-01-01 UTC unless told otherwise, and moves only when told. */
export function testClock(start = new Date('2026-01-01T12:00:00Z')): TestClock {
  let at = start.getTime()
  return { now: () => new Date(at), advance: (ms) => void (at += ms) }
}
