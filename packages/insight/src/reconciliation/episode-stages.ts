import {
  episodeStageNames,
  type EpisodeStage,
  type EpisodeStageName,
} from '@fairlead/contracts/reconciliation'
import {
  eventsWithin,
  isWithin,
  podsMadeIn,
  type EpisodeEvidence,
  type SeenEpisode,
  type SeenPod,
} from './episode-evidence'

/** What controllers say when they begin to act on a workload. */
const acceptedReasons = ['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete']

const latest = (times: readonly string[]): string | null =>
  times.reduce<string | null>(
    (last, time) => (last === null || Date.parse(time) > Date.parse(last) ? time : last),
    null,
  )
const earliest = (times: readonly string[]): string | null =>
  times.reduce<string | null>(
    (first, time) => (first === null || Date.parse(time) < Date.parse(first) ? time : first),
    null,
  )

type Answer = Omit<EpisodeStage, 'stage'>
const reached = (at: string, reason: string): Answer => ({ state: 'reached', at, reason })
const none = (reason: string): Answer => ({ state: 'none', at: null, reason })
const unknown = (reason: string): Answer => ({ state: 'unknown', at: null, reason })
const waiting = (reason: string): Answer => ({ state: 'waiting', at: null, reason })

const pods = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`)

interface Asked {
  readonly episode: SeenEpisode
  readonly evidence: EpisodeEvidence
  /** Names of the pods that it made. */
  readonly made: readonly string[]
}

function accepted({ episode, evidence, made }: Asked): Answer {
  const told = eventsWithin(episode, evidence, { reasons: acceptedReasons }).map(({ at }) => at)
  const created = evidence.pods.filter(({ name }) => made.includes(name)).map(({ createdAt }) => createdAt)
  const first = earliest([...told, ...created])
  if (first !== null) return reached(first, 'Its controller began to act.')
  if (episode.closedAt === null) return waiting('Its controller has not acted yet.')
  return episode.isNewest
    ? none('Its controller had nothing to make or delete.')
    : unknown('No event of that time is left.')
}

/** A time for each pod, as it reports it or an event told it. */
function ofPods(asked: Asked, timeOf: (pod: string) => string | null, words: string): Answer {
  const { episode, made } = asked
  if (made.length === 0)
    return episode.isNewest
      ? nothingMade(episode)
      : unknown('Its pods are gone, and no event of them is left.')
  const times = made.map(timeOf)
  const known = times.filter((time) => time !== null)
  const last = latest(known)
  if (last !== null && known.length === made.length) return reached(last, `${pods(made.length)} ${words}.`)
  const count = `${known.length} of ${pods(made.length)} ${words}`
  return episode.closedAt === null ? waiting(`${count} so far.`) : unknown(`${count}, as far as was seen.`)
}

const nothingMade = ({ closedAt }: SeenEpisode): Answer =>
  closedAt === null ? waiting('No pod was made so far.') : none('No pod was made.')

const conditionOf =
  ({ episode, evidence }: Asked, type: string) =>
  (name: string): string | null => {
    const since = evidence.pods.find((pod) => pod.name === name)?.trueSince[type]
    return since !== undefined && isWithin(episode, since) ? since : null
  }

/** The last that was told of the pod: of several containers the last counts. */
const eventOf =
  ({ episode, evidence }: Asked, reason: string) =>
  (name: string): string | null =>
    latest(
      eventsWithin(episode, evidence, { kind: 'Pod', reasons: [reason] })
        .filter((event) => event.name === name)
        .map(({ at }) => at),
    )

/** In the episode, pods also get ready again that were there before. */
function ready(asked: Asked): Answer {
  const { episode, evidence, made } = asked
  const again = evidence.pods.filter(
    ({ name, trueSince }) => !made.includes(name) && isWithin(episode, trueSince['Ready'] ?? ''),
  )
  const concerned = [...made, ...again.map(({ name }) => name)]
  if (concerned.length > 0) return ofPods({ ...asked, made: concerned }, conditionOf(asked, 'Ready'), 'ready')
  if (episode.closedAt === null) return waiting('No pod of it got ready so far.')
  return episode.isNewest ? none('No pod had to get ready.') : unknown('Its pods are gone.')
}

function endpoint(asked: Asked): Answer {
  const { episode, evidence, made } = asked
  if (evidence.hasService === false) return none('No Service selects its pods.')
  const offeredOf = (name: string): SeenPod['offeredSince'] => {
    const since = evidence.pods.find((pod) => pod.name === name)?.offeredSince ?? null
    return since !== null && isWithin(episode, since) ? since : null
  }
  if (evidence.hasService === null) return unknown('Whether a Service offers its pods is not known.')
  if (made.length === 0 && episode.isNewest && episode.closedAt !== null)
    return none('No pod was made, so none had to be offered.')
  return ofPods(asked, offeredOf, 'offered by a Service')
}

const answers: Readonly<Record<EpisodeStageName, (asked: Asked) => Answer>> = {
  accepted,
  scheduled: (asked) =>
    ofPods(
      asked,
      (pod) => conditionOf(asked, 'PodScheduled')(pod) ?? eventOf(asked, 'Scheduled')(pod),
      'scheduled',
    ),
  pulled: (asked) => ofPods(asked, eventOf(asked, 'Pulled'), 'with their images'),
  started: (asked) => ofPods(asked, eventOf(asked, 'Started'), 'started'),
  ready,
  endpoint,
}

/** How far an episode got and when, from what was seen. What nobody saw is unknown: nothing is reckoned from its neighbours. */
export function stagesOf(episode: SeenEpisode, evidence: EpisodeEvidence): readonly EpisodeStage[] {
  const asked = { episode, evidence, made: podsMadeIn(episode, evidence) }
  return episodeStageNames.map((stage) => ({ stage, ...answers[stage](asked) }))
}
