'use client'

import { useSyncExternalStore } from 'react'

/** One clock for every ticking text on the page: a thousand rows share one interval. */
function createClock() {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let nowMs = 0
  const second = () => Math.floor(Date.now() / 1000) * 1000
  const tick = () => {
    nowMs = second()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      timer ??= setInterval(tick, 1000)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        nowMs = 0
      }
    },
    now: () => (nowMs ||= second()),
    serverNow: second,
  }
}

const clock = createClock()

/** The time in whole seconds, in milliseconds since the epoch; re-renders each second. */
export const useNow = (): number => useSyncExternalStore(clock.subscribe, clock.now, clock.serverNow)
