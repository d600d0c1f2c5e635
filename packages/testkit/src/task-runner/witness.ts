import type { AttemptObservation, RunnerEvent, TaskRunner } from '@fairlead/contracts/task-runner'
import { isEnd } from './in-process-runner'

/** Somebody who observes one cluster and remembers all of it. */
export interface Witness {
  readonly events: readonly RunnerEvent[]
  of(key: string): readonly AttemptObservation[]
  /** Resolves once `met` holds, with what it returned; asked again at every event. */
  until<T>(met: () => T | null | undefined | false, what: string): Promise<T>
  ended(key: string): Promise<AttemptObservation>
  reached(key: string, phase: AttemptObservation['phase']): Promise<AttemptObservation>
  /** The keys of the first full list. */
  firstList(): Promise<ReadonlySet<string>>
  stop(): Promise<void>
}

export function createWitness(runner: TaskRunner, cluster: string, patienceMs: number): Witness {
  const events: RunnerEvent[] = []
  const seen = new Map<string, AttemptObservation[]>()
  const ended = new AbortController()
  const asked: (() => void)[] = []
  const read = async (): Promise<void> => {
    for await (const event of runner.observe(cluster, ended.signal)) {
      events.push(event)
      if (event.kind === 'observed')
        for (const each of event.observations) seen.set(each.key, [...(seen.get(each.key) ?? []), each])
      for (const ask of asked.splice(0)) ask()
    }
  }
  const reading = read()
  const of = (key: string): readonly AttemptObservation[] => seen.get(key) ?? []

  const until = async <T>(met: () => T | null | undefined | false, what: string): Promise<T> => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      for (const ask of asked.splice(0)) ask()
    }, patienceMs)
    try {
      for (;;) {
        const found = met()
        if (found !== null && found !== undefined && found !== false) return found
        if (late) throw new Error(`Not within ${patienceMs} ms: ${what}; last: ${lastWords()}`)
        await new Promise<void>((resolve) => asked.push(resolve))
      }
    } finally {
      clearTimeout(timer)
    }
  }
  const lastWords = (): string =>
    JSON.stringify(events.slice(-3), (_, value) => (value instanceof Set ? [...value] : value))

  return {
    events,
    of,
    until,
    ended: (key) => until(() => of(key).find(isEnd), `${key} ends`),
    reached: (key, phase) => until(() => of(key).find((each) => each.phase === phase), `${key} is ${phase}`),
    firstList: () =>
      until(() => {
        const list = events.find((event) => event.kind === 'synced')
        return list?.kind === 'synced' && list.keys
      }, 'a full list'),
    async stop() {
      ended.abort()
      await reading
    },
  }
}
