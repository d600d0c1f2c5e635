import { permissions } from '@fairlead/contracts/permissions'
import { entryNames, surface } from '@fairlead/contracts/surface'
import { describe, expect, it } from 'vitest'
import { appRouter } from './router'

const procedures = appRouter._def.procedures as unknown as Readonly<
  Record<string, { _def: { type: string } }>
>
/** Not of the surface: it tells that answers of the surface are old. */
const stream = 'live.changes'

describe('the policy table', () => {
  it('has every entry of the surface as exactly one procedure of its kind', () => {
    const kinds = { query: 'query', command: 'mutation' } as const
    expect(entryNames.map((name) => [name, procedures[name]?._def.type])).toEqual(
      entryNames.map((name) => [name, kinds[surface[name].kind]]),
    )
  })

  it('has no procedure beside the surface but the one stream', () => {
    const names: readonly string[] = entryNames
    const others = Object.keys(procedures).filter((name) => !names.includes(name))
    expect(others).toEqual([stream])
    expect(procedures[stream]?._def.type).toBe('subscription')
  })

  it('gives every entry a permission that exists, and lets in without one by a link or a signature alone', () => {
    const open = entryNames.filter((name) => surface[name].permission === 'public')
    expect(open).toEqual(['invitation.show', 'invitation.accept', 'source.hook'])
    for (const name of entryNames)
      if (!open.includes(name)) expect(Object.keys(permissions)).toContain(surface[name].permission)
  })
})
