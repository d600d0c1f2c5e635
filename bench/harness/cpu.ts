import fs from 'node:fs'
import path from 'node:path'

/** Linux counts CPU time in hundredths of a second, on every machine that we know. */
const msPerTick = 1_000 / 100

interface Stat {
  readonly pid: number
  readonly parent: number
  /** Its own and that of children it has waited for. */
  readonly ticks: number
  readonly own: number
  /** Of the kernel: at most 15 characters; threads that name themselves name their process. */
  readonly command: string
}

function stats(): Stat[] {
  return fs.readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) return []
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.split(') ').at(-1)?.split(' ') ?? []
      const of = (at: number): number => Number(fields[at] ?? 0)
      const own = of(11) + of(12)
      const command = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      return [{ pid, parent: of(1), ticks: own + of(13) + of(14), own, command }]
    } catch {
      return []
    }
  })
}

/** Milliseconds of CPU by the name of the command, with its folder for Node, of every process there is: whose the machine is while a suite runs. */
export function cpuMsByCommand(): ReadonlyMap<string, number> {
  const used = new Map<string, number>()
  for (const { pid, command, own } of stats()) {
    const name = command === 'node' ? `node in ${folderOf(pid)}` : command
    used.set(name, (used.get(name) ?? 0) + own * msPerTick)
  }
  return used
}

function folderOf(pid: number): string {
  try {
    return path.basename(fs.readlinkSync(`/proc/${pid}/cwd`))
  } catch {
    return 'nowhere'
  }
}

/** The busiest first, as shares of one core over `seconds`; what hardly ran is left out. */
export function busiest(before: ReadonlyMap<string, number>, seconds: number): string {
  return [...cpuMsByCommand()]
    .map(([command, ms]) => ({ command, share: (ms - (before.get(command) ?? 0)) / seconds / 1_000 }))
    .filter(({ share }) => share > 0.02)
    .toSorted((left, right) => right.share - left.share)
    .map(({ command, share }) => `${command} ${share.toFixed(2)}`)
    .join(', ')
}

/** Milliseconds of CPU that a process and everything below it have used so far. */
export function cpuMs(root: number): number {
  const all = stats()
  const tree = new Set([root])
  for (let size = 0; size !== tree.size;) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  const ticks = all.reduce((sum, { pid, ticks: own }) => sum + (tree.has(pid) ? own : 0), 0)
  return ticks * msPerTick
}

/** The process that runs in this folder and was started by none that does: a server's own, not its workers. */
export function processIn(folder: string): number {
  const real = fs.realpathSync(folder)
  const here = stats().filter(({ pid }) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/cwd`) === real
    } catch {
      return false
    }
  })
  const found = here.find(({ parent }) => !here.some(({ pid }) => pid === parent))
  if (found === undefined) throw new Error(`No process runs in ${folder}.`)
  return found.pid
}
