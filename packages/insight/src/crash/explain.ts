/**
 * Why a pod that has a node does not run or is not ready: how its containers ended (exit.ts), what they wait for
 * (waiting.ts), what their probes ask (readiness below), and what befell the pod as a whole (evicted.ts). Plain objects in, words out.
 */
import type { CrashFinding } from '@fairlead/contracts/pod-why'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import { containersOf, type ContainerFacts } from './container-facts'
import { isConsequence, takenAway } from './evicted'
import { exitFinding, patience } from './exit'
import { newest, readEvents, type PodEvent } from './pod-events'
import { waitingFinding } from './waiting'

export interface CrashQuestion {
  readonly pod: unknown
  readonly events: readonly unknown[]
  readonly now: Date
}

const ofPod = (code: CrashFinding['code'], words: string, remedy: string | null = null): CrashFinding => ({
  code,
  container: null,
  words,
  remedy,
  details: {},
})

/** ContainerCreating says nothing; the events tell what the kubelet cannot do. */
function stuckCreating(pod: unknown, events: readonly PodEvent[]): CrashFinding[] {
  const status = recordIn(recordIn(pod)['status'])
  if (status['phase'] !== 'Pending' || textIn(recordIn(recordIn(pod)['spec'])['nodeName']) === '') return []
  const found = events.find(({ reason }) =>
    ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox'].includes(reason),
  )
  if (found === undefined) return []
  const sandbox = found.reason === 'FailedCreatePodSandBox'
  return [
    ofPod(
      sandbox ? 'sandbox' : 'volume',
      `${sandbox ? 'Its network or sandbox cannot be set up' : 'Its volumes cannot be mounted'}: ${found.message.slice(0, 300)}`,
    ),
  ]
}

const secondsSince = (at: string | null, now: Date): number =>
  at === null ? 0 : Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1000))

/** Runs, and does not count as ready. */
function notReady(container: ContainerFacts, events: readonly PodEvent[], now: Date): CrashFinding[] {
  const { name, probes, runningSince, started } = container
  if (runningSince === null || container.ready || container.init) return []
  const ran = secondsSince(runningSince, now)
  const kind = probes.startup !== null && !started ? 'startup' : 'readiness'
  const probe = probes[kind]
  if (probe === null) return []
  const said = newest(events, {
    reason: 'Unhealthy',
    container: name,
    says: new RegExp(`^${kind} probe`, 'i'),
  })
  const tells = said === undefined ? '' : ` ${said.message.slice(0, 300)}`
  const limit =
    kind === 'startup'
      ? ` It is killed after ${patience(probe)} s (${probe.initialDelay} s + ${probe.failures} × ${probe.period} s).`
      : ` The probe starts ${probe.initialDelay} s after the start and asks every ${probe.period} s.`
  return [
    {
      code: kind === 'startup' ? 'not_started' : 'not_ready',
      container: name,
      words: `${name}: has run for ${ran} s, and its ${kind} probe (${probe.target}) does not pass.${tells}${limit}`,
      remedy:
        kind === 'readiness' && ran < patience(probe)
          ? 'It may still be starting.'
          : 'Ask the same address from a shell in the pod.',
      details: { ranSeconds: ran, allowedSeconds: patience(probe) },
    },
  ]
}

function ofContainer(container: ContainerFacts, events: readonly PodEvent[], now: Date): CrashFinding[] {
  const waiting = waitingFinding(container, events, now)
  const ended = container.ended ?? container.lastEnded
  const done = container.ended !== null && container.ended.exitCode === 0
  const bad = ended !== null && !done && (container.init ? !container.ready : true)
  // A restart long ago of a container that is ready is history, not a cause.
  const past = container.ended === null && container.ready
  return [
    ...(bad && !past ? [exitFinding(container, ended, events)] : []),
    ...(waiting === null ? [] : [waiting]),
    ...notReady(container, events, now),
  ]
}

function initialising(containers: readonly ContainerFacts[]): CrashFinding[] {
  const current = containers.find(({ init, runningSince }) => init && runningSince !== null)
  if (current === undefined) return []
  return [
    {
      code: 'initialising',
      container: current.name,
      words: `The init container ${current.name} still runs; the others wait for its end.`,
      remedy: 'Its log tells what it waits for.',
      details: {},
    },
  ]
}

/** Pure and total. Findings of the pod first, then of its containers in the order in which they run. */
export function explainCrash({ pod, events: given, now }: CrashQuestion): readonly CrashFinding[] {
  const events = readEvents(given)
  const containers = containersOf(pod)
  if (recordIn(recordIn(pod)['status'])['phase'] === 'Succeeded') return []
  const gone = takenAway(pod)
  const ofContainers = containers.flatMap((container) => ofContainer(container, events, now))
  if (gone !== null) return [gone, ...ofContainers.filter((each) => !isConsequence(each))]
  return [...stuckCreating(pod, events), ...initialising(containers), ...ofContainers]
}
