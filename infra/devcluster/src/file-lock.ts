import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStartTime } from './detached-process'
import { DevclusterError } from './devcluster-error'

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Called once when somebody else holds the lock. */
  readonly onWait?: (holderPid: number) => void
}

/** Runs `body` while this process holds `lockFile`; a lock whose holder died is taken over. */
export async function withFileLock<T>(
  lockFile: string,
  body: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true })
  let waited = false
  while (!tryLock(lockFile)) {
    if (options.signal?.aborted) throw new DevclusterError('ABORTED', 'stopped while waiting for a lock')
    const holder = Number(readHolder(lockFile).split(' ')[0])
    if (!waited) options.onWait?.(holder)
    waited = true
    await sleep(100)
  }
  try {
    return await body()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

let sequence = 0

function tryLock(lockFile: string): boolean {
  // link() is atomic and the file is complete when it appears, so nobody reads half a holder.
  const mine = `${lockFile}.${process.pid}.${++sequence}`
  writeFileSync(mine, `${process.pid} ${processStartTime(process.pid) ?? 0}`)
  try {
    linkSync(mine, lockFile)
    return true
  } catch {
    const holder = readHolder(lockFile)
    const [pid, startTime] = holder.split(' ')
    const dead = holder !== '' && processStartTime(Number(pid)) !== startTime
    if (dead && readHolder(lockFile) === holder) rmSync(lockFile, { force: true })
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

function readHolder(lockFile: string): string {
  try {
    return readFileSync(lockFile, 'utf8')
  } catch {
    return ''
  }
}
