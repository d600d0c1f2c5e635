import type { OpenRun } from './follow-airflow'

/** How long a request whose answer was lost may still be carried out. */
const lateMs = 300_000

/**
 * Starts that were asked for and not answered: what comes of them after their attempt is over is looked for, and stopped
 * when it is there. In memory alone: whoever is killed between is one process of them all.
 */
export function createDoubtfulStarts(clock: () => Date) {
  const starts = new Map<string, { readonly place: string; readonly dag: string; readonly at: number }>()
  return {
    add: (key: string, place: string, dag: string): void =>
      void starts.set(key, { place, dag, at: clock().getTime() }),
    remove: (key: string): void => void starts.delete(key),
    /** Beside those that live. */
    beside: (place: string, live: readonly OpenRun[]): readonly OpenRun[] => {
      const known = new Set(live.map(({ key }) => key))
      for (const [key, { at }] of starts) if (clock().getTime() - at > lateMs) starts.delete(key)
      const more = [...starts].filter(([key, start]) => start.place === place && !known.has(key))
      return [...live, ...more.map(([key, { dag }]) => ({ key, dag, phase: null }))]
    },
  }
}
