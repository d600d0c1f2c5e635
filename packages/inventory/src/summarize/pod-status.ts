import type { KubeObject } from '@fairlead/kube/kube-object'
import { integerIn, recordIn, recordsIn, textIn, timeIn, type Loose } from '@fairlead/contracts/loose-json'
import { isSidecar } from './resources'

/** kubectl's words for a pod. `restartedAt` is the newest termination, null without one. */
export interface PodWords {
  readonly ready: string
  readonly status: string
  readonly restarts: number
  readonly restartedAt: string | null
}

interface Tally {
  reason: string
  ready: number
  restarts: number
  restartedAt: string | null
}

const hasCondition = (status: Loose, type: string): boolean =>
  recordsIn(status['conditions']).find((condition) => condition['type'] === type)?.['status'] === 'True'

const later = (left: string | null, right: string | null): string | null =>
  right !== null && (left === null || left < right) ? right : left

const endedAt = (container: Loose): string | null =>
  timeIn(recordIn(recordIn(container['lastState'])['terminated'])['finishedAt'])

function endWords(terminated: Loose): string {
  const reason = textIn(terminated['reason'])
  if (reason !== '') return reason
  const signal = integerIn(terminated['signal'])
  return signal === 0 ? `ExitCode:${integerIn(terminated['exitCode'])}` : `Signal:${signal}`
}

interface Initialising extends Tally {
  initialising: boolean
  /** Restarts of sidecars alone: what counts once the pod is initialised. */
  sidecarRestarts: number
  sidecarRestartedAt: string | null
}

function initialise(spec: Loose, status: Loose, reason: string): Initialising {
  const declared = recordsIn(spec['initContainers'])
  const sidecars = new Set(declared.filter(isSidecar).map((container) => container['name']))
  const tally: Initialising = {
    reason,
    ready: 0,
    restarts: 0,
    restartedAt: null,
    initialising: false,
    sidecarRestarts: 0,
    sidecarRestartedAt: null,
  }
  for (const [index, container] of recordsIn(status['initContainerStatuses']).entries()) {
    const restarts = integerIn(container['restartCount'])
    const sidecar = sidecars.has(container['name'])
    tally.restarts += restarts
    tally.restartedAt = later(tally.restartedAt, endedAt(container))
    if (sidecar) {
      tally.sidecarRestarts += restarts
      tally.sidecarRestartedAt = later(tally.sidecarRestartedAt, endedAt(container))
    }
    const state = recordIn(container['state'])
    const terminated = state['terminated'] === undefined ? null : recordIn(state['terminated'])
    if (terminated !== null && integerIn(terminated['exitCode']) === 0) continue
    if (sidecar && container['started'] === true) {
      if (container['ready'] === true) tally.ready += 1
      continue
    }
    const waiting = textIn(recordIn(state['waiting'])['reason'])
    tally.initialising = true
    if (terminated !== null) tally.reason = `Init:${endWords(terminated)}`
    else if (waiting !== '' && waiting !== 'PodInitializing') tally.reason = `Init:${waiting}`
    else tally.reason = `Init:${index}/${declared.length}`
    break
  }
  return tally
}

function run(status: Loose, started: Initialising): Tally {
  const tally: Tally = {
    reason: started.reason,
    ready: started.ready,
    restarts: started.sidecarRestarts,
    restartedAt: started.sidecarRestartedAt,
  }
  let running = false
  for (const container of recordsIn(status['containerStatuses']).toReversed()) {
    tally.restarts += integerIn(container['restartCount'])
    tally.restartedAt = later(tally.restartedAt, endedAt(container))
    const state = recordIn(container['state'])
    const waiting = textIn(recordIn(state['waiting'])['reason'])
    if (waiting !== '') tally.reason = waiting
    else if (state['terminated'] !== undefined) tally.reason = endWords(recordIn(state['terminated']))
    else if (container['ready'] === true && state['running'] !== undefined) {
      running = true
      tally.ready += 1
    }
  }
  if (tally.reason === 'Completed' && running)
    tally.reason = hasCondition(status, 'Ready') ? 'Running' : 'NotReady'
  return tally
}

function firstReason(status: Loose): string {
  const gated = recordsIn(status['conditions']).some(
    (condition) => condition['type'] === 'PodScheduled' && condition['reason'] === 'SchedulingGated',
  )
  if (gated) return 'SchedulingGated'
  return textIn(status['reason']) || textIn(status['phase'])
}

/** READY, STATUS and RESTARTS. Upstream: kubernetes/pkg/printers/internalversion printPod. */
export function podWords(pod: KubeObject): PodWords {
  const spec = recordIn(pod['spec'])
  const status = recordIn(pod['status'])
  const started = initialise(spec, status, firstReason(status))
  const tally = !started.initialising || hasCondition(status, 'Initialized') ? run(status, started) : started
  const total =
    recordsIn(spec['containers']).length + recordsIn(spec['initContainers']).filter(isSidecar).length
  return {
    ready: `${tally.ready}/${total}`,
    status: whileDeleting(pod, status) ?? tally.reason,
    restarts: tally.restarts,
    restartedAt: tally.restarts === 0 ? null : tally.restartedAt,
  }
}

function whileDeleting(pod: KubeObject, status: Loose): string | null {
  if (pod.metadata.deletionTimestamp === undefined) return null
  if (status['reason'] === 'NodeLost') return 'Unknown'
  return status['phase'] === 'Succeeded' || status['phase'] === 'Failed' ? null : 'Terminating'
}
