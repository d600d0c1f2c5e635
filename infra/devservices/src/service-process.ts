import { spawn, type ChildProcess } from 'node:child_process'

export interface RunningService {
  readonly url: string
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly name: string
  readonly binary: string
  readonly args: readonly string[]
  readonly stopSignal: NodeJS.Signals
  readonly owner?: { readonly uid: number; readonly gid: number }
  /** Polled until it answers true. */
  readonly ready: () => Promise<boolean>
  readonly onLog?: (line: string) => void
}

const readyWithinMs = 60_000
const restartAfterMs = 500

/** Starts a server, waits until it is ready, and starts it again whenever it ends without having been stopped. */
export async function supervise(options: ServiceOptions): Promise<Omit<RunningService, 'url'>> {
  let stopping = false
  let lastLine = ''
  let child: ChildProcess
  let exited: Promise<void>
  const start = (): void => {
    child = spawn(options.binary, [...options.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...options.owner,
    })
    const onData = (data: Buffer): void => {
      lastLine = data.toString().trim().split('\n').at(-1) ?? lastLine
      options.onLog?.(data.toString())
    }
    child.stdout?.on('data', onData)
    child.stderr?.on('data', onData)
    exited = new Promise((resolve) => child.once('exit', () => resolve()))
    void exited.then(() => {
      if (!stopping) setTimeout(() => !stopping && start(), restartAfterMs)
    })
  }
  start()
  const stop = async (): Promise<void> => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(options.stopSignal)
    await exited
  }
  // A parent that dies without stopping its services must not leave them behind.
  process.once('exit', () => child.kill(options.stopSignal))
  const giveUpAt = Date.now() + readyWithinMs
  while (!(await options.ready())) {
    if (Date.now() > giveUpAt) {
      await stop()
      throw new Error(
        `${options.name} did not start within ${readyWithinMs / 1000} s. Its last words: ${lastLine || 'none'}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { stop }
}
