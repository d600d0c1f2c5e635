import fs from 'node:fs'

/** Clock ticks a second: what Linux counts CPU time in, on every machine that we know. */
const ticksPerSecond = 100

interface Stat {
  readonly pid: number
  readonly parent: number
  /** Its own and that of children it has waited for. */
  readonly ticks: number
}

function stats(): Stat[] {
  return fs.readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) return []
    try {
      const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      const of = (at: number): number => Number(fields[at] ?? 0)
      return [{ pid, parent: of(1), ticks: of(11) + of(12) + of(13) + of(14) }]
    } catch {
      return []
    }
  })
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
  return (ticks / ticksPerSecond) * 1000
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
