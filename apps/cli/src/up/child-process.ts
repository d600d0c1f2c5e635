import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export interface ChildOptions {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly logs: string
  readonly onRestart: (name: string, reason: string) => void
}

export interface Child {
  readonly pid: () => number | undefined
  stop(): Promise<void>
}

const restartAfterMs = 1_000
const killAfterMs = 10_000

/** A Node process in a group of its own, logging to a file, started again whenever it ends without being stopped. */
export function startChild(options: ChildOptions): Child {
  let stopping = false
  let child: ChildProcess
  let exited: Promise<void>
  const start = (): void => {
    const log = fs.openSync(path.join(options.logs, `${options.name}.log`), 'a')
    child = spawn(process.execPath, [...options.args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', log, log],
      detached: true,
    })
    fs.closeSync(log)
    exited = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        resolve()
        if (stopping) return
        options.onRestart(options.name, signal ?? `exit ${String(code)}`)
        setTimeout(() => !stopping && start(), restartAfterMs)
      }),
    )
  }
  start()
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    pid: () => child.pid,
    stop: async () => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      await exited
      clearTimeout(force)
    },
  }
}
