import fs from 'node:fs'

export interface ProcessRow {
  readonly pid: number
  readonly command: string
  readonly cwd: string
}

/** Every process that descends from `ancestor`, read from /proc; only these may be harmed by a story. */
export function processesBelow(ancestor: number): ProcessRow[] {
  const parents = new Map<number, number>()
  for (const name of fs.readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (parent > 0) parents.set(pid, parent)
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === ancestor || descends(parent))
  }
  return [...parents.keys()].filter(descends).map((pid) => ({
    pid,
    command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
    cwd: link(`/proc/${pid}/cwd`),
  }))
}

const attempt = (run: () => string): string => {
  try {
    return run()
  } catch {
    return ''
  }
}
const read = (file: string): string => attempt(() => fs.readFileSync(file, 'utf8'))
const link = (file: string): string => attempt(() => fs.readlinkSync(file))
