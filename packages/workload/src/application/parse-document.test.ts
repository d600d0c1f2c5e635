import { FairleadError } from '@fairlead/contracts/errors'
import fc from 'fast-check'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseApplication } from './parse-document'

const folder = path.join(import.meta.dirname, '../../corpus/applications')
/** The first comment of a corpus file says how it must be refused: `# line path text…` */
const expectationSchema = z.tuple([z.coerce.number().int(), z.string(), z.string()])
const corpus = fs.readdirSync(folder).sort()
const good = `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: checkout, project: shop }
spec:
  stages:
    - name: staging
      targets: { clusters: [staging], namespace: checkout }
    - name: production
      approval: { quorum: 2 }
      targets: { selector: { environment: production }, namespace: checkout }
`

function refusalOf(text: string, file: string): FairleadError {
  try {
    parseApplication(text, file)
  } catch (error) {
    if (error instanceof FairleadError) return error
    throw error
  }
  throw new Error(`${file} was accepted`)
}

describe('an Application document', () => {
  it('is read, with what it leaves out filled in', () => {
    const { document } = parseApplication(good)
    expect(document.spec.stages[1]?.approval).toEqual({
      quorum: 2,
      roles: ['approver'],
      excludeRequester: true,
      expires: '24h',
    })
    expect(document.spec.stages[0]?.deadline).toEqual({ progress: '10m', total: '30m' })
  })

  it('tells the line of any path', () => {
    expect(parseApplication(good).lineOf(['spec', 'stages', 1, 'approval', 'quorum'])).toBe(9)
  })

  it('has a corpus of at least twenty hostile ones', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(20)
  })

  it.each(corpus)('%s is refused with its file, line, path and reason', (file) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8')
    const [, line, at, words] = /^# (\d+) (\S+) (.+)$/m.exec(text) ?? []
    const [expectedLine, expectedPath, expectedWords] = expectationSchema.parse([line, at, words])
    const error = refusalOf(text, file)
    expect(error.code).toBe('invalid')
    expect(error.message).toContain(expectedWords)
    expect(error.message.length).toBeLessThan(600)
    expect({ file: error.detail.file, line: error.detail.line, path: error.detail.path ?? '-' }).toEqual({
      file,
      line: expectedLine,
      path: expectedPath,
    })
    expect(error.detail.expected).not.toBe('')
  })

  it('is refused, and never crashes the parser, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat({ max: good.length }).map((cut) => good.slice(0, cut) + good.slice(cut + 7)),
        ),
        (text) => {
          try {
            parseApplication(text)
          } catch (error) {
            expect(error).toBeInstanceOf(FairleadError)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
