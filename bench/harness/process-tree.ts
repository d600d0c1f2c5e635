import fs from 'node:fs'
import path from 'node:path'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly cwd: string
}

/** From /proc: Linux only, as the clusters are. */
function processes(): Process[] {
  return fs.readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) return []
    try {
      const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return [{ pid, parent: Number(fields[1]), cwd: fs.readlinkSync(`/proc/${pid}/cwd`) }]
    } catch {
      return []
    }
  })
}

/** The child of `parent` that runs in a folder of this name. */
export function childIn(parent: number, folder: string): number {
  const found = processes().find((one) => one.parent === parent && path.basename(one.cwd) === folder)
  if (found === undefined) throw new Error(`Process ${parent} has no child in ${folder}.`)
  return found.pid
}

/** Resident memory of a process and everything below it, in MB (10⁶ bytes); pages that they share count twice. */
export const residentMb = (root: number): number =>
  treeOf(root).reduce((sum, pid) => sum + residentBytes(pid), 0) / 1e6

/** The same, with each shared page counted once in all: what ending the tree would give back, in MB (10⁶ bytes). */
export const proportionalMb = (root: number): number =>
  treeOf(root).reduce((sum, pid) => sum + proportionalBytes(pid), 0) / 1e6

function treeOf(root: number): number[] {
  const all = processes()
  const tree = new Set([root])
  for (let size = 0; size !== tree.size;) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  return [...tree]
}

function proportionalBytes(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    return Number(kib ?? 0) * 1024
  } catch {
    return 0
  }
}

function residentBytes(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kib ?? 0) * 1024
  } catch {
    return 0
  }
}

export interface MemoryWatch {
  /** MB since the last call, or since the start. */
  peak(): number
  stop(): void
}

export function watchMemory(pid: number, everyMs = 250): MemoryWatch {
  let highest = residentMb(pid)
  const timer = setInterval(() => (highest = Math.max(highest, residentMb(pid))), everyMs)
  return {
    peak: () => {
      const seen = highest
      highest = residentMb(pid)
      return seen
    },
    stop: () => clearInterval(timer),
  }
}
