import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DevclusterError } from './devcluster-error'
import { withFileLock } from './file-lock'

export interface IndexOwner {
  readonly home: string
  readonly name: string
}

export interface MachineIndexes {
  /** Claims a free index; `persist` writes it into the cluster's own state before anybody else may look. */
  claim(owner: IndexOwner, persist: (index: number) => void): Promise<number>
  /** Claims `index` again after the registry was lost; false when another cluster owns it now. */
  reclaim(owner: IndexOwner, index: number): Promise<boolean>
  release(owner: IndexOwner, index: number): Promise<void>
}

export interface MachineIndexDeps {
  readonly stateDir: string
  readonly range: { readonly first: number; readonly count: number }
  /** The index that a cluster's own state names; undefined when the cluster is gone. */
  readonly indexOf: (owner: IndexOwner) => number | undefined
  /** False when ports, routes or links of that index are in use, whoever made them. */
  readonly isFree: (index: number) => Promise<boolean>
}

/** One number per cluster, machine-wide: clusters of every checkout draw from the same registry. */
export function createMachineIndexes(deps: MachineIndexDeps): MachineIndexes {
  const lock = join(deps.stateDir, 'lock')
  const entry = (index: number) => join(deps.stateDir, `${index}.json`)

  const ownerOf = (index: number): IndexOwner | undefined => {
    if (!existsSync(entry(index))) return undefined
    try {
      const value: unknown = JSON.parse(readFileSync(entry(index), 'utf8'))
      const { home, name } = (value ?? {}) as Partial<Record<keyof IndexOwner, unknown>>
      if (typeof home !== 'string' || typeof name !== 'string') return undefined
      return deps.indexOf({ home, name }) === index ? { home, name } : undefined
    } catch {
      return undefined
    }
  }

  const write = ({ home, name }: IndexOwner, index: number) => {
    mkdirSync(deps.stateDir, { recursive: true })
    writeFileSync(entry(index), JSON.stringify({ home, name }))
  }

  return {
    claim: (owner, persist) =>
      withFileLock(lock, async () => {
        const end = deps.range.first + deps.range.count
        for (let index = deps.range.first; index < end; index++) {
          if (ownerOf(index) || !(await deps.isFree(index))) continue
          persist(index)
          write(owner, index)
          return index
        }
        throw new DevclusterError(
          'NO_FREE_INDEX',
          `all ${deps.range.count} places for local clusters are taken: delete one that you no longer need`,
        )
      }),
    reclaim: (owner, index) =>
      withFileLock(lock, async () => {
        const current = ownerOf(index)
        if (current && !isSame(current, owner)) return false
        write(owner, index)
        return true
      }),
    release: (owner, index) =>
      withFileLock(lock, async () => {
        const current = ownerOf(index)
        if (!current || isSame(current, owner)) rmSync(entry(index), { force: true })
      }),
  }
}

const isSame = (a: IndexOwner, b: IndexOwner) => a.home === b.home && a.name === b.name
