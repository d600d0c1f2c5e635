import type { AttemptObservation, RunnerEvent } from '@fairlead/contracts/task-runner'
import { createEventFeed, type EventFeed } from './event-feed'
import type { Dice } from './faulty-world'

interface Mail {
  readonly event: RunnerEvent
  readonly dueAt: number
}

interface Observer {
  readonly feed: EventFeed
  mail: Mail[]
  silentUntil: number
  /** When it lists everything again; infinity when nothing makes it. */
  listAt: number
}

/** What the observers of one cluster have been told, and what is on its way to them. */
export interface FaultyObservers {
  observe(signal: AbortSignal, awayReason: string | null): AsyncGenerator<RunnerEvent, void, undefined>
  /** To everybody; arrives `lateMs` from now. */
  tell(seen: AttemptObservation, lateMs: number): void
  tellAway(reason: string): void
  /** Everybody lists again, each at its own time up to `withinMs` from now. */
  relist(withinMs: number): void
  /** One of them, at random: its connection is told 410, or goes silent. */
  relistOne(): boolean
  silenceOne(ms: number): boolean
  endSilences(): void
  due(reachable: boolean): readonly (() => string)[]
  nextAt(reachable: boolean): number
}

interface Sources {
  readonly name: string
  /** A full list of this moment. */
  readonly list: () => readonly AttemptObservation[]
  readonly onDelivered: (event: RunnerEvent) => void
}

const never = Number.POSITIVE_INFINITY

export function createFaultyObservers(dice: Dice, { name, list, onDelivered }: Sources): FaultyObservers {
  const observers = new Set<Observer>()
  const ms = (): number => dice.now().getTime()
  const one = (): Observer | undefined => [...observers][Math.floor(dice.random() * observers.size)]

  const relistAt = (observer: Observer, at: number): void => {
    observer.listAt = Math.min(observer.listAt, at)
  }
  /** The first that is due; a list and what came before it stay in order. */
  const nextMail = ({ mail }: Observer): number => {
    const barrier = mail.findIndex(({ event }) => event.kind !== 'observed')
    const reach = barrier === -1 ? mail.length : Math.max(barrier, 0)
    const index = mail.slice(0, reach).findIndex(({ dueAt }) => dueAt <= ms())
    return index === -1 && barrier === 0 ? 0 : index
  }
  const readList = (observer: Observer): string => {
    observer.listAt = never
    const observations = list()
    const keys = new Set(observations.map(({ key }) => key))
    const events: RunnerEvent[] = observations.length === 0 ? [] : [{ kind: 'observed', observations }]
    events.push({ kind: 'synced', keys, listedFrom: dice.now() })
    observer.mail = events.map((event) => ({ event, dueAt: ms() }))
    return `${name} is listed`
  }
  const deliver = (observer: Observer): string => {
    const { mail } = observer
    let index = nextMail(observer)
    if (
      mail[index]?.event.kind === 'observed' &&
      mail[index + 1]?.event.kind === 'observed' &&
      dice.chance('reorder')
    )
      index += 1
    const [item] = mail.splice(index, 1)
    if (item === undefined) return `${name}: nothing`
    if (item.event.kind === 'observed' && dice.chance('drop')) {
      relistAt(observer, ms() + dice.between(100, 10_000))
      // The end of a list that lost something is no longer one.
      observer.mail = observer.mail.filter(({ event }) => event.kind !== 'synced')
      return `${name}: an observation is lost`
    }
    if (item.event.kind === 'observed' && dice.chance('duplicate')) mail.splice(index, 0, item)
    observer.feed.push(item.event)
    onDelivered(item.event)
    return `${name}: ${item.event.kind} is delivered`
  }

  return {
    async *observe(signal, awayReason) {
      const feed = createEventFeed(() => Promise.resolve())
      const observer: Observer = { feed, mail: [], silentUntil: 0, listAt: ms() }
      if (awayReason !== null) feed.push({ kind: 'unreachable', reason: awayReason, at: dice.now() })
      observers.add(observer)
      try {
        yield* feed.read(signal)
      } finally {
        observers.delete(observer)
      }
    },
    tell(seen, lateMs) {
      const item: Mail = { event: { kind: 'observed', observations: [seen] }, dueAt: ms() + lateMs }
      for (const { mail } of observers) mail.push(item)
    },
    tellAway(reason) {
      const event: RunnerEvent = { kind: 'unreachable', reason, at: dice.now() }
      for (const observer of observers) observer.mail = [{ event, dueAt: ms() }]
    },
    relist(withinMs) {
      for (const observer of observers) relistAt(observer, ms() + dice.between(0, withinMs))
    },
    relistOne() {
      const observer = one()
      if (observer !== undefined) relistAt(observer, ms())
      return observer !== undefined
    },
    silenceOne(forMs) {
      const observer = one()
      if (observer === undefined) return false
      observer.silentUntil = ms() + forMs
      relistAt(observer, observer.silentUntil)
      return true
    },
    endSilences() {
      for (const observer of observers) observer.silentUntil = 0
    },
    due: (reachable) =>
      [...observers].flatMap((observer) => {
        const deliverNext = (): string => deliver(observer)
        if (!reachable) return observer.mail[0]?.event.kind === 'unreachable' ? [deliverNext] : []
        if (observer.silentUntil > ms()) return []
        if (observer.listAt <= ms()) return [() => readList(observer)]
        return nextMail(observer) === -1 ? [] : [deliverNext]
      }),
    nextAt: (reachable) =>
      reachable
        ? Math.min(
            never,
            ...[...observers].map(({ listAt, mail, silentUntil }) =>
              Math.max(silentUntil, Math.min(listAt, ...mail.map(({ dueAt }) => dueAt))),
            ),
          )
        : never,
  }
}
