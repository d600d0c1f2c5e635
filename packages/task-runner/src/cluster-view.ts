import type { Clock } from '@fairlead/contracts/decision'
import type { AttemptObservation } from '@fairlead/contracts/task-runner'
import type { JobSummary, PodSummary } from './summaries'
import { decidingPod, hasImageProblem, isPodEnd, verdictOf, type AttemptFacts } from './verdict'

export type Change<T> = { readonly type: 'upsert' | 'delete'; readonly object: T }

interface Entry {
  readonly namespace: string
  uid: string
  job: JobSummary | null
  readonly pods: Map<string, PodSummary>
  hadJob: boolean
  hadPod: boolean
  /** Asked for its pods after its Job had ended, and there was none. */
  surelyPodless: boolean
  imageProblemSince: Date | null
  podless: AttemptFacts['podless']
  podlessSince: Date | null
  /** Since when the Job says that it ended, while the pod says something else. */
  disputedSince: Date | null
  /** A full list of pods has come since and changed nothing: the cluster itself is of two minds. */
  disputeListed: boolean
  told: AttemptObservation | null
}

export interface KnownAttempt {
  readonly namespace: string
  readonly job: JobSummary | null
  readonly pod: PodSummary | null
}

/** What one observer knows of one cluster: Jobs and pods by attempt, and what it has told of each. */
export interface ClusterView {
  jobs(changes: readonly Change<JobSummary>[]): void
  pods(changes: readonly Change<PodSummary>[]): void
  /** After a full list: exactly these exist. */
  replaceJobs(jobs: readonly JobSummary[]): void
  replacePods(pods: readonly PodSummary[]): void
  /** What changed since the last call, or everything. What was told as ended stays so. */
  take(all: boolean): readonly AttemptObservation[]
  keys(): ReadonlySet<string>
  find(key: string): KnownAttempt | null
  /** It has ended or vanished, but its pod was not seen: the pods are asked for before anything is told of its end. */
  doubts(): readonly { readonly key: string; readonly namespace: string }[]
  /** No pod of it was found by asking. */
  confirmPodless(key: string): void
  /** Jobs without a pod for at least `ms`. */
  podless(ms: number): readonly JobSummary[]
  explain(key: string, why: AttemptFacts['podless']): void
  /** A Job that ended at least `ms` ago whose pod is still told to live, and which no list has settled: the watch of pods is behind. */
  disputed(ms: number): boolean
}

export function createClusterView(clock: Clock): ClusterView {
  const entries = new Map<string, Entry>()
  const touched = new Set<string>()
  const doubts = new Set<string>()
  const imageTrouble = new Set<string>()
  const lost: AttemptObservation[] = []

  const entryOf = ({ key, namespace }: JobSummary | PodSummary): Entry => {
    const known = entries.get(key)
    if (known !== undefined) return known
    const entry: Entry = {
      namespace,
      uid: '',
      job: null,
      pods: new Map(),
      hadJob: false,
      hadPod: false,
      surelyPodless: false,
      imageProblemSince: null,
      podless: null,
      podlessSince: null,
      disputedSince: null,
      disputeListed: false,
      told: null,
    }
    entries.set(key, entry)
    return entry
  }
  const settle = (key: string, entry: Entry): void => {
    const now = clock()
    const pods = [...entry.pods.values()]
    entry.imageProblemSince = pods.some(hasImageProblem) ? (entry.imageProblemSince ?? now) : null
    if (entry.imageProblemSince === null) imageTrouble.delete(key)
    else imageTrouble.add(key)
    entry.podlessSince =
      entry.job !== null && entry.job.end === null && pods.length === 0 ? (entry.podlessSince ?? now) : null
    const pod = decidingPod({ job: entry.job, pods })
    const disputed = entry.job?.end != null && pod !== null && !isPodEnd(pod)
    entry.disputedSince = disputed ? (entry.disputedSince ?? now) : null
    entry.disputeListed &&= disputed
    touched.add(key)
    const told = entry.told !== null && isTerminal(entry.told)
    if (entry.job === null && pods.length === 0 && told) return drop(key)
    const open = pod === null && (entry.job === null || entry.job.end !== null)
    if (open && !told && !entry.surelyPodless) doubts.add(key)
    else doubts.delete(key)
  }
  const drop = (key: string): void => {
    entries.delete(key)
    touched.delete(key)
    doubts.delete(key)
    imageTrouble.delete(key)
  }
  const setJob = ({ type, object }: Change<JobSummary>): void => {
    const entry = entryOf(object)
    if (type === 'upsert') {
      // Somebody put another Job under the name: what was seen of the old one's pod says nothing about it.
      if (entry.uid !== object.uid) Object.assign(entry, { hadPod: false, surelyPodless: false })
      entry.job = object
      entry.uid = object.uid
      entry.hadJob = true
    } else if (entry.job?.uid === object.uid) entry.job = null
    settle(object.key, entry)
  }
  const setPod = ({ type, object }: Change<PodSummary>): void => {
    const entry = entryOf(object)
    if (type === 'upsert') {
      entry.pods.set(object.uid, object)
      if (entry.job === null) entry.uid = object.jobUid ?? object.uid
      entry.hadPod = true
    } else entry.pods.delete(object.uid)
    settle(object.key, entry)
  }
  const observe = (key: string, entry: Entry): AttemptObservation | null => {
    const { told } = entry
    if (doubts.has(key)) return told
    const seen = verdictOf({ ...entry, key, pods: [...entry.pods.values()] }, clock())
    if (seen === null) return told
    // What was told as ended stays so, unless somebody put another thing under its name.
    if (told !== null && isTerminal(told) && told.uid === seen.uid) return told
    return told !== null && isSame(told, seen) ? told : seen
  }

  return {
    jobs: (changes) => changes.forEach(setJob),
    pods: (changes) => changes.forEach(setPod),
    replaceJobs(jobs) {
      const listed = new Set(jobs.map(({ key, uid }) => `${key} ${uid}`))
      for (const { job } of entries.values())
        if (job !== null && !listed.has(`${job.key} ${job.uid}`)) setJob({ type: 'delete', object: job })
      for (const object of jobs) setJob({ type: 'upsert', object })
    },
    replacePods(pods) {
      const listed = new Set(pods.map(({ uid }) => uid))
      for (const entry of entries.values())
        for (const object of entry.pods.values())
          if (!listed.has(object.uid)) setPod({ type: 'delete', object })
      for (const object of pods) setPod({ type: 'upsert', object })
      for (const entry of entries.values()) entry.disputeListed = entry.disputedSince !== null
    },
    take(all) {
      const found = lost.splice(0)
      for (const key of all ? entries.keys() : new Set([...touched, ...imageTrouble])) {
        const entry = entries.get(key)
        const seen = entry === undefined ? null : observe(key, entry)
        if (entry === undefined || seen === null) continue
        if (all || seen !== entry.told) found.push(seen)
        entry.told = seen
      }
      touched.clear()
      return found
    },
    keys: () => new Set(entries.keys()),
    find(key) {
      const entry = entries.get(key)
      if (entry === undefined) return null
      const pod = decidingPod({ job: entry.job, pods: [...entry.pods.values()] })
      return { namespace: entry.namespace, job: entry.job, pod }
    },
    doubts: () => [...doubts].map((key) => ({ key, namespace: entries.get(key)?.namespace ?? '' })),
    confirmPodless(key) {
      const entry = entries.get(key)
      if (entry === undefined || !doubts.has(key)) return
      if (entry.job !== null) {
        entry.surelyPodless = true
        settle(key, entry)
        return
      }
      drop(key)
      const unseen = { key, uid: entry.uid, exitCode: null, output: null, place: null, at: clock() }
      lost.push({
        ...(entry.told ?? unseen),
        phase: 'failed',
        cause: 'lost',
        reason: 'It was deleted before it had ended',
        at: clock(),
      })
    },
    podless: (ms) =>
      [...entries.values()].flatMap(({ job, podlessSince }) =>
        job !== null && podlessSince !== null && clock().getTime() - podlessSince.getTime() >= ms
          ? [job]
          : [],
      ),
    explain(key, why) {
      const entry = entries.get(key)
      if (entry === undefined) return
      entry.podless = why
      touched.add(key)
    },
    disputed: (ms) =>
      [...entries.values()].some(
        ({ disputedSince, disputeListed }) =>
          disputedSince !== null && !disputeListed && clock().getTime() - disputedSince.getTime() >= ms,
      ),
  }
}

const isTerminal = ({ phase }: AttemptObservation): boolean => phase === 'succeeded' || phase === 'failed'

const isSame = (left: AttemptObservation, right: AttemptObservation): boolean =>
  left.phase === right.phase &&
  left.uid === right.uid &&
  left.reason === right.reason &&
  left.cause === right.cause &&
  left.place === right.place &&
  left.output === right.output
