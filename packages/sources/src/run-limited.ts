import { spawn } from 'node:child_process'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'

export interface Limits {
  readonly timeoutMs: number
  readonly maxOutputBytes: number
  /** Of the process and its children together, where the system tells it. */
  readonly maxMemoryBytes: number
  /** A folder that it writes to. */
  readonly folder?: { readonly path: string; readonly maxBytes: number }
}

export interface Command {
  /** Of people's errors: "helm", "git". */
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  /** All that it gets: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly input?: string
}

export interface Ran {
  readonly code: number
  readonly stdout: Buffer
  /** Its beginning. */
  readonly stderr: string
}

const lookEveryMs = 100
const maxErrorBytes = 16 * 1024
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`

/** A program without a shell, in a group of its own that ends as a whole when a limit is met. */
export function runLimited(command: Command, limits: Limits): Promise<Ran> {
  const { program, args, cwd, env, input } = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env: { ...env }, detached: true, stdio: 'pipe' })
    const output = collector(limits.maxOutputBytes)
    const errors = collector(maxErrorBytes)
    const fence = fenceAround(child.pid, command.name, limits)
    child.stdout.on('data', (chunk: Buffer) => {
      const most = mebibytes(limits.maxOutputBytes)
      if (!output.add(chunk)) fence.stop({ what: `it wrote more than ${most}`, expected: `at most ${most}` })
    })
    child.stderr.on('data', (chunk: Buffer) => void errors.add(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', (error: NodeJS.ErrnoException) => {
      fence.end()
      reject(error.code === 'ENOENT' ? missing(command) : error)
    })
    child.on('close', (code) => {
      const refusal = fence.end()
      // It may have been quicker than the watch.
      void folderOver(limits).then((found) => {
        if (refusal !== null) reject(refusal)
        else if (found !== null) reject(tooMuch(command.name, found))
        else resolve({ code: code ?? -1, stdout: output.bytes(), stderr: errors.bytes().toString('utf8') })
      })
    })
    child.stdin.end(input ?? '')
  })
}

interface Exceeded {
  readonly what: string
  readonly expected: string
}
const tooMuch = (name: string, { what, expected }: Exceeded): FairleadError =>
  new FairleadError('too_large', `${name} was ended: ${what}.`, { expected })

/** Watches until it is told that the program has ended: then it says what it was stopped for, if it was. */
function fenceAround(pid: number | undefined, name: string, limits: Limits) {
  let refusal: FairleadError | null = null
  let ended = false
  const stop = (found: Exceeded): void => {
    if (ended) return
    refusal ??= tooMuch(name, found)
    killGroup(pid)
  }
  const most = `${limits.timeoutMs / 1_000} s`
  const timer = setTimeout(
    () => stop({ what: `it took longer than ${most}`, expected: `at most ${most}` }),
    limits.timeoutMs,
  )
  const watch = setInterval(() => {
    void overLimit(pid, limits).then((found) => (found === null ? undefined : stop(found)))
  }, lookEveryMs)
  return {
    stop,
    end: (): FairleadError | null => {
      ended = true
      clearTimeout(timer)
      clearInterval(watch)
      // What it left behind has no business any more.
      killGroup(pid)
      return refusal
    },
  }
}

const missing = ({ name, program }: Command): FairleadError =>
  new FairleadError('unavailable', `${name} is not installed where the workload-worker runs.`, {
    found: program,
    remedy: `Install ${name}, or name the program by FAIRLEAD_${name.toUpperCase()}.`,
  })

function collector(limit: number) {
  const chunks: Buffer[] = []
  let size = 0
  return {
    add: (chunk: Buffer): boolean => {
      chunks.push(chunk.subarray(0, Math.max(limit - size, 0)))
      size += chunk.byteLength
      return size <= limit
    },
    bytes: () => Buffer.concat(chunks),
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

async function overLimit(pid: number | undefined, limits: Limits): Promise<Exceeded | null> {
  if (pid !== undefined && (await residentBytes(pid)) > limits.maxMemoryBytes)
    return {
      what: `it needed more than ${mebibytes(limits.maxMemoryBytes)} of memory`,
      expected: `at most ${mebibytes(limits.maxMemoryBytes)}`,
    }
  return folderOver(limits)
}

async function folderOver({ folder }: Limits): Promise<Exceeded | null> {
  if (folder === undefined || (await sizeOf(folder.path)) <= folder.maxBytes) return null
  return {
    what: `what it fetched is larger than ${mebibytes(folder.maxBytes)}`,
    expected: `at most ${mebibytes(folder.maxBytes)}`,
  }
}

/** 0 where the system has no /proc, or it has ended. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const sizes = children.split(' ').flatMap((child) => (child === '' ? [] : [residentBytes(Number(child))]))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, own)
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = files.map((entry) =>
    stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
