import { FairleadError } from '@fairlead/contracts/errors'
import { describe, expect, it } from 'vitest'
import { documentsIn, inFile } from './documents'

const pool = 'apiVersion: fairlead.dev/v1\nkind: Pool\nmetadata: { name: a, project: shop }\n'
const workflow =
  'apiVersion: fairlead.dev/v1\nkind: "Workflow" # ours\nspec:\n  note: |\n    --- not a marker\n'

describe('the documents of a file', () => {
  it('are told apart by markers at the start of a line, each with its kind and its place', () => {
    const text = `# two of them\n${pool}---\n\n${workflow}---\n# nothing here\n...\n`
    expect(documentsIn(text).map(({ kind, linesBefore }) => [kind, linesBefore])).toEqual([
      ['Pool', 0],
      ['Workflow', 6],
    ])
    const [, second] = documentsIn(text)
    expect(second?.text).toContain('--- not a marker')
    for (const { text: one, linesBefore } of documentsIn(text))
      expect(text.split('\n')[linesBefore + 1]).toBe(one.split('\n')[1])
  })

  it('may be JSON, or begin beside their marker', () => {
    expect(documentsIn('{"apiVersion": "fairlead.dev/v1", "kind": "Application"}')).toMatchObject([
      { kind: 'Application', linesBefore: 0 },
    ])
    expect(documentsIn('--- {kind: Pool}\n--- {kind: Workflow}')).toMatchObject([
      { kind: 'Pool', linesBefore: 0 },
      { kind: 'Workflow', linesBefore: 1 },
    ])
  })

  it('are none in a file of comments', () => {
    expect(documentsIn('# later\n\n---\n')).toEqual([])
  })

  it('are one, unchanged, where there is no marker', () => {
    expect(documentsIn(pool)).toEqual([{ kind: 'Pool', text: pool, linesBefore: 0 }])
  })

  it('have errors at the lines of the file', () => {
    const error = new FairleadError('invalid', 'a.yaml:3: "slots" is missing. There is 1 more problem.', {
      file: 'a.yaml',
      line: 3,
      remedy: 'Also: line 4: "x" is unknown.',
    })
    expect(inFile(error, { linesBefore: 10 })).toMatchObject({
      code: 'invalid',
      message: 'a.yaml:13: "slots" is missing. There is 1 more problem.',
      detail: { line: 13, remedy: 'Also: line 14: "x" is unknown.' },
    })
  })
})
