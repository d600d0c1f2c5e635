import { integerIn, recordIn, recordsIn, textIn, timeIn, type Loose } from '@fairlead/contracts/loose-json'

export interface Ended {
  readonly exitCode: number
  readonly signal: number
  readonly reason: string
  readonly message: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}
/** Seconds; kubelet's defaults filled in. */
export interface Probe {
  readonly initialDelay: number
  readonly period: number
  readonly timeout: number
  readonly failures: number
  readonly target: string
}
export interface ContainerFacts {
  readonly name: string
  readonly image: string
  /** Runs before the others and ends; a sidecar does not. */
  readonly init: boolean
  readonly command: string
  /** As it is in force: a resize in place shows in the status first. */
  readonly memoryLimit: string
  /** Of the whole pod, for containers without one. */
  readonly podMemoryLimit: string
  readonly probes: Readonly<Record<'liveness' | 'readiness' | 'startup', Probe | null>>
  readonly ready: boolean
  readonly started: boolean
  readonly restarts: number
  readonly waiting: { readonly reason: string; readonly message: string } | null
  readonly runningSince: string | null
  readonly ended: Ended | null
  readonly lastEnded: Ended | null
}

function readEnded(state: unknown): Ended | null {
  const terminated = recordIn(state)['terminated']
  if (terminated === undefined || terminated === null) return null
  const loose = recordIn(terminated)
  return {
    exitCode: integerIn(loose['exitCode']),
    signal: integerIn(loose['signal']),
    reason: textIn(loose['reason']),
    message: textIn(loose['message']),
    startedAt: timeIn(loose['startedAt']),
    finishedAt: timeIn(loose['finishedAt']),
  }
}

function targetOf(probe: Loose): string {
  const http = recordIn(probe['httpGet'])
  if (probe['httpGet'] !== undefined)
    return `GET ${textIn(http['path']) || '/'} on port ${String(http['port'])}`
  if (probe['tcpSocket'] !== undefined) return `port ${String(recordIn(probe['tcpSocket'])['port'])}`
  if (probe['grpc'] !== undefined) return `gRPC on port ${String(recordIn(probe['grpc'])['port'])}`
  const command = recordIn(probe['exec'])['command']
  return Array.isArray(command) ? `\`${command.join(' ').slice(0, 120)}\`` : 'nothing'
}

function readProbe(value: unknown): Probe | null {
  if (value === undefined || value === null) return null
  const probe = recordIn(value)
  return {
    initialDelay: integerIn(probe['initialDelaySeconds']),
    period: integerIn(probe['periodSeconds']) || 10,
    timeout: integerIn(probe['timeoutSeconds']) || 1,
    failures: integerIn(probe['failureThreshold']) || 3,
    target: targetOf(probe),
  }
}

const memoryLimitIn = (resources: unknown): string =>
  textIn(recordIn(recordIn(resources)['limits'])['memory'])

interface Around {
  readonly init: boolean
  readonly podMemoryLimit: string
}

function readContainer(declared: Loose, status: Loose, around: Around): ContainerFacts {
  const state = recordIn(status['state'])
  const waiting = recordIn(state['waiting'])
  const command = Array.isArray(declared['command']) ? declared['command'] : []
  return {
    name: textIn(declared['name']),
    image: textIn(declared['image']),
    ...around,
    command: command.map(String).join(' ').slice(0, 200),
    memoryLimit: memoryLimitIn(status['resources']) || memoryLimitIn(declared['resources']),
    probes: {
      liveness: readProbe(declared['livenessProbe']),
      readiness: readProbe(declared['readinessProbe']),
      startup: readProbe(declared['startupProbe']),
    },
    ready: status['ready'] === true,
    started: status['started'] === true,
    restarts: integerIn(status['restartCount']),
    waiting:
      state['waiting'] === undefined
        ? null
        : { reason: textIn(waiting['reason']), message: textIn(waiting['message']) },
    runningSince: timeIn(recordIn(state['running'])['startedAt']),
    ended: readEnded(state),
    lastEnded: readEnded(status['lastState']),
  }
}

/** Init containers first, in the order in which they run. */
export function containersOf(pod: unknown): readonly ContainerFacts[] {
  const spec = recordIn(recordIn(pod)['spec'])
  const status = recordIn(recordIn(pod)['status'])
  const read = (declared: unknown, statuses: unknown, init: boolean): ContainerFacts[] => {
    const byName = new Map(recordsIn(statuses).map((each) => [each['name'], each]))
    return recordsIn(declared).map((each) =>
      readContainer(each, byName.get(each['name']) ?? {}, {
        init: init && each['restartPolicy'] !== 'Always',
        podMemoryLimit: memoryLimitIn(spec['resources']),
      }),
    )
  }
  return [
    ...read(spec['initContainers'], status['initContainerStatuses'], true),
    ...read(spec['containers'], status['containerStatuses'], false),
  ]
}
