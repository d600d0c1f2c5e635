import { describe, expect, it } from 'vitest'
import { rolloutActions, rolloutStates, stageStates, targetStates } from './rollout-states'

const tables = { rolloutStates, stageStates, targetStates } as const
type Row = { terminal: boolean; next: readonly string[] }

describe.each(Object.entries(tables))('%s', (_name, table) => {
  const rows = Object.entries(table as Record<string, Row>)

  it('leads only to states that exist', () => {
    for (const [, row] of rows) for (const next of row.next) expect(Object.keys(table)).toContain(next)
  })

  it('can end from every state', () => {
    const ends = (state: string, seen: ReadonlySet<string>): boolean => {
      const row = (table as Record<string, Row>)[state]
      if (row === undefined || seen.has(state)) return false
      return row.terminal || row.next.some((next) => ends(next, new Set([...seen, state])))
    }
    for (const [state] of rows) expect([state, ends(state, new Set())]).toEqual([state, true])
  })
})

it('nothing leaves the end of a rollout or of a stage', () => {
  for (const table of [rolloutStates, stageStates] as Record<string, Row>[])
    for (const row of Object.values(table)) if (row.terminal) expect(row.next).toEqual([])
})

it.each(['cancel', 'resume'] as const)('%s is possible in every stage state that has not ended', (action) => {
  const open = Object.entries(stageStates).filter(([, row]) => !row.terminal)
  expect([...rolloutActions[action].from].sort()).toEqual(open.map(([state]) => state).sort())
})

it('pause is possible wherever resume is, but in a rollback, which nothing holds up', () => {
  expect([...rolloutActions.pause.from, 'rolling_back'].sort()).toEqual(
    [...rolloutActions.resume.from].sort(),
  )
})
