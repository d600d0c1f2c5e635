/** One pod shape: what a person would write, and the status that a kubelet would then report. */
export interface PodShape {
  readonly name: string
  /** kubectl's READY, STATUS, RESTARTS (without the age). */
  readonly expected: readonly [ready: string, status: string, restarts: string]
  readonly containers?: readonly string[]
  readonly init?: readonly (string | { readonly name: string; readonly restartPolicy: 'Always' })[]
  readonly status: Readonly<Record<string, unknown>>
  /** Deleted while a finalizer holds it. */
  readonly deleted?: boolean
}

export const startedAt = '2026-01-01T10:00:00Z'
export const finishedAt = '2026-01-01T11:00:00Z'

export interface Extra {
  readonly restarts?: number
  readonly ready?: boolean
  readonly started?: boolean
  readonly last?: Readonly<Record<string, unknown>>
}
export const container = (name: string, state: Readonly<Record<string, unknown>>, extra: Extra = {}) => ({
  name,
  image: 'registry.example.org/a:1',
  imageID: '',
  ready: extra.ready ?? false,
  started: extra.started ?? false,
  restartCount: extra.restarts ?? 0,
  state,
  lastState: extra.last ?? {},
})
export const running = { running: { startedAt } }
export const waiting = (reason?: string) => ({ waiting: reason === undefined ? {} : { reason } })
export const ended = (exitCode: number, reason?: string, signal?: number) => ({
  terminated: {
    exitCode,
    startedAt,
    finishedAt,
    ...(reason === undefined ? {} : { reason }),
    ...(signal === undefined ? {} : { signal }),
  },
})
export const up = (name: string, extra: Extra = {}) =>
  container(name, running, { ready: true, started: true, ...extra })
export const crashed = { last: ended(1, 'Error') }
export const condition = (type: string, status: string, reason?: string) => ({
  type,
  status,
  ...(reason === undefined ? {} : { reason }),
})
export const ready = condition('Ready', 'True')
export const notReady = condition('Ready', 'False', 'ContainersNotReady')
export const initialized = condition('Initialized', 'True')
export const sidecar = { name: 'mesh', restartPolicy: 'Always' } as const
export const one = ['main']
export const two = ['main', 'proxy']
