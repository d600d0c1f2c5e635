import type { RunnerEvent, TaskRunner } from '@fairlead/contracts/task-runner'

interface ObserverDeps {
  readonly runner: Pick<TaskRunner, 'observe'>
  /** Names of the clusters and Airflows where attempts may run now. */
  readonly places: () => Promise<readonly string[]>
  readonly hear: (cluster: string, event: RunnerEvent) => Promise<void>
  readonly onError: (error: unknown, cluster: string) => void
  readonly everyMs?: number
}

/** One observer per place, begun and ended as places come and go; what fails is begun again. */
export function startObservers(deps: ObserverDeps): { close(): Promise<void> } {
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const observe = async (cluster: string, signal: AbortSignal): Promise<void> => {
    // What could not be written is not lost: the next observer begins with a full list.
    for await (const event of deps.runner.observe(cluster, signal)) await deps.hear(cluster, event)
  }
  const begin = (cluster: string): void => {
    const stop = new AbortController()
    const done = observe(cluster, stop.signal)
      .catch((error: unknown) => deps.onError(error, cluster))
      .finally(() => running.delete(cluster))
    running.set(cluster, { stop, done })
  }
  const look = async (): Promise<void> => {
    const names = await deps.places()
    for (const name of names) if (!running.has(name)) begin(name)
    for (const [name, { stop }] of running) if (!names.includes(name)) stop.abort()
  }
  const again = (): void => {
    if (closed) return
    timer = setTimeout(
      () =>
        void look()
          .catch((error: unknown) => deps.onError(error, '-'))
          .finally(again),
      deps.everyMs ?? 2_000,
    )
  }
  void look()
    .catch((error: unknown) => deps.onError(error, '-'))
    .finally(again)
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      for (const { stop } of running.values()) stop.abort()
      await Promise.allSettled([...running.values()].map(({ done }) => done))
    },
  }
}
