import { spawn } from 'node:child_process'
import { openSync, closeSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { daemonEnvironment } from './env'
import { DevclusterError } from './devcluster-error'
import { lastLines } from './run-command'

const MAX_LOG_BYTES = 20 * 1024 * 1024

// A killed supervisor takes its child along (pdeathsig), so that no orphan keeps a port.
const SUPERVISE = `
trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
while :; do
  setpriv --pdeathsig KILL -- "$@" & child=$!
  wait "$child"
  echo "$1 ended with status $?: starting it again" >&2
  sleep 0.5
done`

export interface ProcessSpec {
  readonly command: string
  readonly args: readonly string[]
  readonly logFile: string
  readonly pidFile: string
  readonly cwd: string
  /** Start it again whenever it ends by itself, as an init system would. */
  readonly restarts?: boolean
}

interface PidRecord {
  readonly pid: number
  /** Clock ticks since boot (/proc/PID/stat, field 22): tells a recycled pid from ours. */
  readonly startTime: string
  readonly bootId: string
}

/** undefined when the process is gone, or is a zombie that nobody reaped. */
export function processStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

export function runningPid(pidFile: string): number | undefined {
  const record = readPidRecord(pidFile)
  if (!record || record.bootId !== bootId()) return undefined
  return processStartTime(record.pid) === record.startTime ? record.pid : undefined
}

function readPidRecord(pidFile: string): PidRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(pidFile, 'utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, startTime, bootId: boot } = value as Partial<Record<keyof PidRecord, unknown>>
    if (typeof pid !== 'number' || typeof startTime !== 'string' || typeof boot !== 'string') return undefined
    return { pid, startTime, bootId: boot }
  } catch {
    return undefined
  }
}

/** Starts a process that outlives this one, unless it already runs; returns its pid. */
export async function startDetached(spec: ProcessSpec): Promise<number> {
  const running = runningPid(spec.pidFile)
  if (running !== undefined) return running
  rotateLog(spec.logFile)
  const log = openSync(spec.logFile, 'a', 0o600)
  const [command, ...args] = spec.restarts
    ? ['sh', '-c', SUPERVISE, 'supervise', spec.command, ...spec.args]
    : [spec.command, ...spec.args]
  const child = spawn(command, args, {
    cwd: spec.cwd,
    detached: true,
    // Its own home: a developer's ~/.kwok or ~/.kube decides nothing here.
    env: { ...daemonEnvironment(), HOME: spec.cwd },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) =>
      reject(new DevclusterError('COMPONENT_FAILED', `${spec.command} could not start: ${cause.message}`)),
    )
  })
  child.unref()
  const pid = child.pid ?? 0
  const startTime = processStartTime(pid)
  if (startTime === undefined) throw exited(spec)
  const record: PidRecord = { pid, startTime, bootId: bootId() }
  writeFileSync(spec.pidFile, JSON.stringify(record))
  return pid
}

/** Ends the process by `signal`, then by SIGKILL after the grace period; does nothing to a pid that isn't ours. */
export async function stopDetached(
  pidFile: string,
  { signal = 'SIGTERM' as NodeJS.Signals, graceMs = 10_000 } = {},
): Promise<void> {
  const pid = runningPid(pidFile)
  if (pid !== undefined) {
    const startTime = processStartTime(pid)
    kill(pid, signal)
    const deadline = Date.now() + graceMs
    while (processStartTime(pid) === startTime && Date.now() < deadline) await sleep(25)
    if (processStartTime(pid) === startTime) kill(pid, 'SIGKILL')
    while (processStartTime(pid) === startTime) await sleep(10)
  }
  rmSync(pidFile, { force: true })
}

export function exited(spec: ProcessSpec): DevclusterError {
  const reason = lastLines(readTail(spec.logFile), 2)
  return new DevclusterError('COMPONENT_FAILED', `${spec.command} ended: ${reason} (log: ${spec.logFile})`)
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

function rotateLog(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES)
    renameSync(logFile, `${logFile}.1`)
}

function readTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-4000)
  } catch {
    return ''
  }
}
