import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = '/sys/fs/cgroup'

/** On version 1 one hierarchy per controller, on version 2 a single one. */
function hierarchies(): string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT]
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(ROOT, entry.name))
    .filter((path) => existsSync(join(path, 'cgroup.procs')))
}

export function ensureCgroup(name: string): void {
  for (const hierarchy of hierarchies()) {
    const path = join(hierarchy, name)
    mkdirSync(path, { recursive: true })
    for (const file of ['cpuset.cpus', 'cpuset.mems']) copySetting(hierarchy, path, file)
    delegateControllers(hierarchy, path)
  }
}

// A fresh version 1 cpuset is empty, and nothing can run in it.
function copySetting(from: string, to: string, file: string): void {
  if (hierarchies().length === 1 || !existsSync(join(from, file))) return
  writeFileSync(join(to, file), readFileSync(join(from, file)))
}

function delegateControllers(hierarchy: string, path: string): void {
  if (!existsSync(join(hierarchy, 'cgroup.controllers')) || hierarchy !== ROOT) return
  for (const controller of ['cpu', 'cpuset', 'memory', 'pids', 'io', 'hugetlb']) {
    for (const folder of [hierarchy, path]) {
      try {
        writeFileSync(join(folder, 'cgroup.subtree_control'), `+${controller}`)
      } catch {
        // Not every kernel has every controller; the kubelet names the one that it misses.
      }
    }
  }
}

export function cgroupPids(name: string): number[] {
  const pids = new Set<number>()
  const visit = (path: string) => {
    if (!existsSync(path)) return
    for (const line of readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n'))
      if (line) pids.add(Number(line))
    for (const child of childFolders(path)) visit(child)
  }
  for (const hierarchy of hierarchies()) visit(join(hierarchy, name))
  return [...pids]
}

export function removeCgroup(name: string): void {
  const remove = (path: string) => {
    if (!existsSync(path)) return
    for (const child of childFolders(path)) remove(child)
    try {
      rmdirSync(path)
    } catch {
      // A process is still ending in it; the next stop removes it.
    }
  }
  for (const hierarchy of hierarchies()) remove(join(hierarchy, name))
}

function childFolders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
}
