import type { Clock } from '@fairlead/contracts/decision'
import { FairleadError } from '@fairlead/contracts/errors'
import {
  isContainer,
  notContainer,
  type AttemptStart,
  type StartResult,
  type TaskRunner,
} from '@fairlead/contracts/task-runner'
import { createFaultyCluster, type FaultyCluster } from './faulty-cluster'
import type { AuditLine, Dice, Script } from './faulty-world'
import { noFaults, seededRandom, type Faults } from './faults'
import { adopt, isEnd } from './in-process-runner'

export type { AuditLine, Script } from './faulty-world'
export { noFaults, someFaults, seededRandom, type Fault, type Faults } from './faults'

export interface FaultyOptions {
  readonly seed: number
  /** Virtual: nothing here waits for a real timer. */
  readonly clock: Clock
  readonly faults?: Partial<Faults>
  /** What becomes of an attempt; by default it succeeds at once. */
  readonly script?: (attempt: AttemptStart, random: () => number) => Script
}

export interface FaultyRunner extends TaskRunner {
  /** Does one thing that is due, chosen by chance, and says what; null when nothing is. */
  step(): string | null
  /** How many things could happen now. */
  pending(): number
  /** When the next thing comes due: set the clock there when nothing is pending. Null when nothing ever will. */
  nextAt(): Date | null
  setFaults(faults: Partial<Faults>): void
  /** No more faults; every outage and silence ends, and everybody lists again. */
  heal(): void
  vanish(key: string, cluster: string): void
  goAway(cluster: string, ms: number): void
  relist(cluster: string): void
  /** What runs or waits to, whoever knows of it. */
  living(cluster: string): readonly AttemptStart[]
  /** Everything that ever existed, in order of creation. */
  readonly audit: readonly AuditLine[]
  /** Pairs that lived at the same time for one (run, task, index): each breaks the first property. */
  doubled(): readonly (readonly [AuditLine, AuditLine])[]
  /** Keys created again after somebody was told that they had ended or vanished. */
  recreated(): readonly AuditLine[]
}

/** A cluster on its worst days, as a puppet: everything happens in `step`, by a seed. */
export function createFaultyRunner(options: FaultyOptions): FaultyRunner {
  const random = seededRandom(options.seed)
  let faults: Faults = { ...noFaults, ...options.faults }
  let uids = 0
  const dice: Dice = {
    now: options.clock,
    random,
    chance: (fault) => faults[fault] > 0 && random() < faults[fault],
    between: (least, most) => Math.round(least + random() * (most - least)),
    script: (attempt) => options.script?.(attempt, random) ?? {},
    nextUid: () => `faulty-${(uids += 1)}`,
  }
  const audit: AuditLine[] = []
  const again: AuditLine[] = []
  const clusters = new Map<string, FaultyCluster>()
  const clusterOf = (name: string): FaultyCluster => {
    const known = clusters.get(name) ?? createFaultyCluster(name, dice, audit)
    clusters.set(name, known)
    return known
  }
  const create = (cluster: FaultyCluster, attempt: AttemptStart): void => {
    const told = audit.some((line) => line.attempt.key === attempt.key && line.told)
    cluster.world.create(attempt, false)
    const line = audit.at(-1)
    if (told && line !== undefined) again.push(line)
  }
  const everyDue = (): readonly (() => string)[] => [...clusters.values()].flatMap((cluster) => cluster.due())

  return {
    async start(attempt, name) {
      if (!isContainer(attempt)) return notContainer
      const cluster = clusterOf(name)
      if (!cluster.reachable()) return dice.random() < 0.5 ? turnedAway('api_error') : noAnswer(name)
      const known = cluster.world.real.get(attempt.key)
      if (known !== undefined) {
        const result = adopt(known, attempt)
        return dice.chance('lostResponse') ? noAnswer(name) : result
      }
      if (dice.chance('turnedAway')) return turnedAway(dice.random() < 0.5 ? 'quota' : 'api_error')
      if (dice.chance('lateCreate')) {
        cluster.createLater(attempt)
        return noAnswer(name)
      }
      create(cluster, attempt)
      return dice.chance('lostResponse') ? noAnswer(name) : { kind: 'accepted' }
    },
    observe: (name, signal) => clusterOf(name).observe(signal),
    cancel: async (key, name) => clusterOf(name).stop(key),
    cleanup: async (key, name) => clusterOf(name).stop(key),
    async logs(key, name, cursor) {
      const cluster = clusterOf(name)
      if (!cluster.reachable()) return noAnswer(name)
      const real = cluster.world.real.get(key)
      if (real === undefined) return { lines: [], cursor: null }
      const all = real.seen.phase === 'pending' ? [] : (real.script.lines ?? [])
      const lines = all.slice(Number(cursor ?? 0)).map((text) => ({ at: real.seen.at.toISOString(), text }))
      return { lines, cursor: isEnd(real.seen) ? null : String(all.length) }
    },
    capacity: async (name) => (clusterOf(name).reachable() ? { slots: null } : noAnswer(name)),

    step() {
      for (const cluster of clusters.values()) {
        const mishap = cluster.mishap()
        if (mishap !== null) return mishap
      }
      const due = everyDue()
      return due[Math.floor(random() * due.length)]?.() ?? null
    },
    pending: () => everyDue().length,
    nextAt() {
      const next = [...clusters.values()].reduce(
        (least, cluster) => Math.min(least, cluster.nextAt()),
        Number.POSITIVE_INFINITY,
      )
      return next === Number.POSITIVE_INFINITY ? null : new Date(next)
    },
    setFaults: (changed) => void (faults = { ...faults, ...changed }),
    heal() {
      faults = noFaults
      for (const cluster of clusters.values()) cluster.heal()
    },
    vanish: (key, name) => clusterOf(name).vanish(key),
    goAway: (name, ms) => clusterOf(name).goAway(ms),
    relist: (name) => clusterOf(name).relist(),
    living: (name) =>
      clusterOf(name)
        .world.living()
        .map(({ attempt }) => attempt),
    audit,
    doubled: () => doubledIn(audit),
    recreated: () => again,
  }
}

const noAnswer = (cluster: string): never => {
  throw new FairleadError('cluster_unreachable', `The cluster ${cluster} did not answer`)
}
const turnedAway = (cause: 'quota' | 'api_error'): StartResult => ({
  kind: 'rejected',
  permanence: 'transient',
  cause,
  reason: cause === 'quota' ? 'exceeded quota: count/jobs.batch' : 'The API server is overloaded',
})

function doubledIn(audit: readonly AuditLine[]): readonly (readonly [AuditLine, AuditLine])[] {
  const byTask = new Map<string, AuditLine[]>()
  const found: (readonly [AuditLine, AuditLine])[] = []
  for (const later of audit) {
    const { run, task, index } = later.attempt
    const earlier = byTask.get(`${run} ${task} ${index}`) ?? []
    for (const line of earlier)
      if (line.endedAt === null || line.endedAt > later.createdAt) found.push([line, later])
    byTask.set(`${run} ${task} ${index}`, [...earlier, later])
  }
  return found
}
