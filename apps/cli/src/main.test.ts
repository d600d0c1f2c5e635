import { describe, expect, it } from 'vitest'
import { createProgram } from './main'

const names = (path: readonly string[]): string[] => {
  let at = createProgram()
  for (const name of path) {
    const next = at.commands.find((command) => command.name() === name)
    if (next === undefined) throw new Error(`There is no ${path.join(' ')}.`)
    at = next
  }
  return at.commands.map((command) => command.name())
}

describe('the command line', () => {
  it('has the verbs of workflows, runs, pools and events', () => {
    expect(names(['workflow'])).toEqual(['list', 'show', 'pause', 'resume', 'run', 'backfill'])
    expect(names(['run'])).toEqual(['list', 'show', 'logs', 'cancel', 'clear', 'approve', 'reject'])
    expect([...names(['pool']), ...names(['event'])]).toEqual(['list', 'send'])
    expect(names([])).toEqual(expect.arrayContaining(['apply', 'why']))
  })

  it('takes --json for every verb', () => {
    const leaves = (command: ReturnType<typeof createProgram>): boolean[] =>
      command.commands.length === 0
        ? [command.options.some(({ long }) => long === '--json')]
        : command.commands.flatMap(leaves)
    expect(leaves(createProgram())).not.toContain(false)
  })
})
