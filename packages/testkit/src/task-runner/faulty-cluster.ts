import type { AttemptStart, RunnerEvent } from '@fairlead/contracts/task-runner'
import { createFaultyObservers } from './faulty-observers'
import { createFaultyWorld, type AuditLine, type Dice, type Real } from './faulty-world'
import { isEnd } from './in-process-runner'

const awayReason = 'No route to the cluster'
export type FaultyCluster = ReturnType<typeof createFaultyCluster>

/** One cluster: what exists, who observes it, whether it can be reached. */
export function createFaultyCluster(name: string, dice: Dice, audit: AuditLine[]) {
  const ms = (): number => dice.now().getTime()
  let awayUntil: number | null = null
  const late: { readonly attempt: AttemptStart; readonly dueAt: number }[] = []
  const untold = (): readonly AuditLine[] => audit.filter(({ told, cluster }) => !told && cluster === name)

  const onDelivered = (event: RunnerEvent): void => {
    if (event.kind === 'unreachable') return
    const ended =
      event.kind === 'observed' ? new Set(event.observations.filter(isEnd).map(({ uid }) => uid)) : null
    for (const line of untold())
      line.told =
        event.kind === 'synced'
          ? line.createdAt < event.listedFrom && !event.keys.has(line.attempt.key)
          : ended?.has(line.uid) === true
  }
  const world = createFaultyWorld(dice, { cluster: name, lines: audit }, (seen) => {
    if (awayUntil !== null) return
    observers.tell(seen, isEnd(seen) && dice.chance('lateResult') ? dice.between(500, 15_000) : 0)
  })
  const observers = createFaultyObservers(dice, {
    name,
    list: () => [...world.real.values()].map(({ seen }) => seen),
    onDelivered,
  })
  const goAway = (forMs: number): void => {
    awayUntil = ms() + forMs
    observers.tellAway(awayReason)
  }
  const comeBack = (): string => {
    awayUntil = null
    observers.relist(0)
    return `${name} is back`
  }
  const vanish = (real: Real | undefined): string => {
    if (real === undefined) return `${name}: nothing vanishes`
    world.remove(real)
    observers.relist(5_000)
    return `${real.attempt.key} vanishes`
  }
  const disrupt = (real: Real): string => {
    const lost = dice.random() < 0.5
    const end = { cause: 'lost', reason: 'Its pod was deleted' } as const
    world.end(real, lost ? end : { cause: 'disruption', reason: 'Its node was drained' })
    return `${real.attempt.key} is ended: ${lost ? 'lost' : 'disruption'}`
  }
  const pick = (all: readonly Real[]): Real | undefined => all[Math.floor(dice.random() * all.length)]

  return {
    world,
    reachable: () => awayUntil === null,
    createLater: (attempt: AttemptStart) =>
      void late.push({ attempt, dueAt: ms() + dice.between(10, 2_000) }),
    observe: (signal: AbortSignal) => observers.observe(signal, awayUntil === null ? null : awayReason),
    stop: (key: string) =>
      awayUntil === null
        ? ({ kind: world.stop(key) } as const)
        : ({ kind: 'unreachable', reason: awayReason } as const),
    vanish: (key: string) => void vanish(world.real.get(key)),
    goAway,
    relist: () => observers.relist(0),
    heal() {
      observers.endSilences()
      comeBack()
    },
    /** What may happen now; each is one step. */
    due(): readonly (() => string)[] {
      const found: (() => string)[] = [...observers.due(awayUntil === null)]
      if (awayUntil !== null && awayUntil <= ms()) found.push(comeBack)
      for (const real of world.living()) if (real.dueAt <= ms()) found.push(() => world.advance(real))
      for (const each of late.filter(({ dueAt }) => dueAt <= ms()))
        found.push(() => {
          late.splice(late.indexOf(each), 1)
          if (!world.real.has(each.attempt.key)) world.create(each.attempt, true)
          return `${each.attempt.key} is created late`
        })
      return found
    },
    nextAt: () =>
      Math.min(
        awayUntil ?? Number.POSITIVE_INFINITY,
        observers.nextAt(awayUntil === null),
        ...late.map(({ dueAt }) => dueAt),
        ...world.living().map(({ dueAt }) => dueAt),
      ),
    /** Something may go wrong by itself. */
    mishap(): string | null {
      if (awayUntil === null && dice.chance('unreachable')) {
        goAway(dice.between(500, 20_000))
        return `${name} goes away`
      }
      if (dice.chance('relist') && observers.relistOne()) return `${name} answers 410`
      if (dice.chance('stall') && observers.silenceOne(dice.between(500, 10_000)))
        return `${name} falls silent`
      if (dice.chance('vanish')) return vanish(pick(world.living()))
      if (dice.chance('vanishEnded'))
        return vanish(pick([...world.real.values()].filter(({ seen }) => isEnd(seen))))
      const disrupted = dice.chance('disrupt') ? pick(world.living()) : undefined
      return disrupted === undefined ? null : disrupt(disrupted)
    },
  }
}
