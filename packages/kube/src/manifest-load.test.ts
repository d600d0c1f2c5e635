import { readdirSync, readFileSync } from 'node:fs'
import { FairleadError } from '@fairlead/contracts/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadManifests } from './manifest-load'

const read = (name: string) => {
  const folder = new URL(`../corpus/${name}/`, import.meta.url)
  return readdirSync(folder).map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const [, code = '', reason = ''] = /^# expect: (\w+) (.*)/.exec(text) ?? []
    return { file, code, reason, text }
  })
}
const corpus = read('manifests')
const refusalOf = (text: string, fileName?: string): unknown => {
  try {
    loadManifests(text, { fileName })
  } catch (error) {
    return error
  }
  return null
}

describe('a hostile manifest is refused with its reason', () => {
  it('has at least forty cases', () => expect(corpus.length).toBeGreaterThanOrEqual(40))
  it.each(corpus)('$file', ({ file, code, reason, text }) => {
    const error = refusalOf(text, file)
    if (!(error instanceof FairleadError)) throw new Error(`Not refused: ${file} ${String(error)}`)
    expect(reason).not.toBe('')
    expect(error.code).toBe(code)
    expect(error.message).toContain(reason)
    expect(error.detail.file).toBe(file)
  })
  it('too large', () => expect(refusalOf('#'.repeat(1024 * 1024 + 1))).toMatchObject({ code: 'too_large' }))
  it('leaves no trace on Object', () => {
    for (const { text } of corpus) refusalOf(text)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a megabyte made to be slow is refused before it is parsed', () => {
  const megabyte = 1024 * 1024
  const slow: readonly (readonly [string, string])[] = [
    ['brackets', '['.repeat(megabyte)],
    ['brackets in lists', '[a,'.repeat(megabyte / 3)],
    ['list marks', '- '.repeat(megabyte / 2)],
    ['separators', '---\n'.repeat(megabyte / 4)],
    ['one key again and again', 'a: b\n'.repeat(megabyte / 5)],
    [
      'many keys',
      Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`)
        .join('\n')
        .slice(0, megabyte),
    ],
    [
      'anchors',
      Array.from({ length: 60_000 }, (_, index) => `- &a${index} 1`)
        .join('\n')
        .slice(0, megabyte),
    ],
    ['quotes', '"'.repeat(megabyte)],
    ['one long line', `a: ${'x '.repeat(megabyte / 2 - 10)}`],
  ]
  it.each(slow)('%s', { timeout: 60_000 }, (_name, text) => {
    const startedAt = process.cpuUsage().user
    expect(refusalOf(text)).toBeInstanceOf(FairleadError)
    expect((process.cpuUsage().user - startedAt) / 1e6).toBeLessThan(3)
  })
})

describe('a manifest is read as Kubernetes reads it', () => {
  it.each(read('manifests-good'))('$file', ({ text, code }) => {
    expect(loadManifests(text)).toHaveLength(Number(code))
  })
  it('with YAML 1.1 octals and words, but without its times and dates', () => {
    const [words, web] = loadManifests(
      read('manifests-good').find(({ file }) => file.startsWith('octal'))?.text ?? '',
    )
    expect(words?.['data']).toEqual({ date: '2026-01-01', time: '10:30', ratio: '1.10' })
    expect(web?.['spec']).toEqual({ replicas: 2, enabled: true, mode: 0o644, clock: '12:30:45' })
    expect(web).not.toHaveProperty('status')
    expect(web?.metadata).toEqual({ name: 'web' })
  })
  it('from JSON and from a List', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } })),
    }
    expect(loadManifests(JSON.stringify(list)).map(({ metadata }) => metadata.name)).toEqual(['a', 'b'])
  })
  it('naming line and path', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  labels:\n    on: "x"\n    enabled: true\n'
    expect(refusalOf(text, 'app.yaml')).toMatchObject({
      message: 'Document 2: metadata.labels holds a value that is not a text',
      detail: {
        file: 'app.yaml',
        line: 11,
        path: 'metadata.labels.enabled',
        found: 'true',
        remedy: 'Quote it: enabled: "true"',
      },
    })
  })
})

// UTF-16 units, lone surrogates included; fast-check's own `binary` needs a second to set up.
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.constantFrom(...Buffer.from('{}[]:-\n"\'&*!|>#% ab1'))), {
    maxLength: 300,
  })
  .map((units) => String.fromCharCode(...units))

describe('whatever is thrown is a FairleadError', () => {
  const onlyFairlead = (text: string) => {
    const error = refusalOf(text)
    return error === null || error instanceof FairleadError
  }
  it('for any text', () => fc.assert(fc.property(anyText, onlyFairlead)))
  it('for any JSON', () => fc.assert(fc.property(fc.json(), onlyFairlead)))
  it('for any object', () =>
    fc.assert(
      fc.property(
        fc.record({ apiVersion: fc.anything(), kind: fc.anything(), metadata: fc.anything() }),
        (value) =>
          onlyFairlead(
            JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? 0 : part)) ?? '',
          ),
      ),
    ))
  it('for any damage to a corpus file', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus.filter(({ text }) => text.length < 5_000)),
        fc.nat(5_000),
        fc.string({ maxLength: 5 }),
        ({ text }, at, inserted) =>
          onlyFairlead(text.slice(0, at % text.length) + inserted + text.slice(at % text.length)),
      ),
      { numRuns: 300 },
    ))
})
