import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMachineIndexes, type IndexOwner } from './machine-index'

const owner = (name: string, home = '/a'): IndexOwner => ({ home, name })

describe('machine indexes', () => {
  let claimed: Map<string, number>
  let busy: Set<number>
  let stateDir: string
  const key = ({ home, name }: IndexOwner) => `${home}:${name}`

  const open = (count = 3) =>
    createMachineIndexes({
      stateDir,
      range: { first: 5, count },
      indexOf: (who) => claimed.get(key(who)),
      isFree: (index) => Promise.resolve(!busy.has(index)),
    })
  const claim = (who: IndexOwner, from = open()) => from.claim(who, (index) => claimed.set(key(who), index))

  beforeEach(() => {
    claimed = new Map()
    busy = new Set()
    if (stateDir) rmSync(stateDir, { recursive: true, force: true })
    stateDir = mkdtempSync(join(tmpdir(), 'machine-index-'))
  })

  it('gives concurrent claims of several checkouts different indexes', async () => {
    const given = await Promise.all([claim(owner('x')), claim(owner('x', '/b')), claim(owner('y'))])
    expect([...given].sort((a, b) => a - b)).toEqual([5, 6, 7])
  })

  it('skips an index whose ports or routes are in use', async () => {
    busy.add(5)
    expect(await claim(owner('x'))).toBe(6)
  })

  it('gives an index again once its cluster is gone, and never before', async () => {
    const only = open(1)
    await claim(owner('x'), only)
    await expect(claim(owner('y'), only)).rejects.toMatchObject({ code: 'NO_FREE_INDEX' })
    claimed.delete(key(owner('x')))
    expect(await claim(owner('y'), only)).toBe(5)
  })

  it('lets an owner take its index back after the registry was lost, unless another owns it', async () => {
    claimed.set(key(owner('x')), 5)
    expect(await open().reclaim(owner('x'), 5)).toBe(true)
    claimed.set(key(owner('y')), 5)
    expect(await open().reclaim(owner('y'), 5)).toBe(false)
  })

  it('releases only what the owner holds', async () => {
    await claim(owner('x'), open(1))
    await open(1).release(owner('y'), 5)
    await expect(claim(owner('y'), open(1))).rejects.toMatchObject({ code: 'NO_FREE_INDEX' })
  })
})
