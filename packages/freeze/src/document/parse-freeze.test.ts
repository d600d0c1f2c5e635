import { documentError } from '@fairlead/documents/document-error'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { freezeJsonSchema } from './json-schema'
import { momentOf } from './moments'
import { parseFreeze } from './parse-freeze'

const head = 'apiVersion: fairlead.dev/v1\nkind: FreezeWindow\nmetadata: { name: weekend }\nspec:\n'
const cron = '  schedule: { cron: "0 18 * * 5", duration: 62h, timezone: Europe/Kyiv }\n'
const rest = '  mode: deny\n  reason: Nobody is on call.\n'
const sound = `${head}${rest}${cron}`

describe('a FreezeWindow document', () => {
  it('has defaults for what is left out', () => {
    const parsed = parseFreeze(sound)
    expect(parsed.ok && parsed.document.spec).toEqual({
      mode: 'deny',
      reason: 'Nobody is on call.',
      schedule: { cron: '0 18 * * 5', duration: '62h', timezone: 'Europe/Kyiv' },
      scope: {},
      running: 'finish',
    })
  })

  it.each<[what: string, text: string, place: Record<string, unknown>]>([
    ['nothing', '', { file: 'w.yaml' }],
    [
      'a word that is no mode',
      sound.replace('deny', 'block'),
      { line: 5, path: 'spec.mode', found: '"block"', expected: 'deny, allow' },
    ],
    [
      'a field that there is not',
      `${sound}  runing: pause\n`,
      { line: 8, path: 'spec.runing', found: 'runing' },
    ],
    [
      'a cron line of four fields',
      sound.replace('0 18 * * 5', '18 * * 5 '),
      { line: 7, path: 'spec.schedule.cron' },
    ],
    [
      'a cron line that never matches',
      sound.replace('0 18 * * 5', '0 0 30 2 *'),
      { line: 7, path: 'spec.schedule.cron' },
    ],
    [
      'a zone that there is not',
      sound.replace('Europe/Kyiv', 'Europe/Nowhere'),
      { line: 7, path: 'spec.schedule.timezone', found: 'Europe/Nowhere' },
    ],
    [
      'a duration without a unit',
      sound.replace('62h', '62'),
      { line: 7, path: 'spec.schedule.duration', found: '62' },
    ],
    ['a duration of nothing', sound.replace('62h', '0h'), { line: 7, path: 'spec.schedule.duration' }],
    [
      'an end before the beginning',
      `${head}${rest}  schedule: { from: "2026-12-24T00:00", until: "2026-12-23T00:00" }\n`,
      { line: 7, path: 'spec.schedule.until', found: '2026-12-23T00:00' },
    ],
    [
      'a date that there is not',
      `${head}${rest}  schedule: { from: "2026-02-30T00:00", until: "2026-12-23T00:00" }\n`,
      { line: 7, path: 'spec.schedule.from' },
    ],
    [
      'an action that there is not',
      `${sound}  actions: [deploy, shell]\n`,
      { line: 8, path: 'spec.actions[1]', found: '"shell"' },
    ],
    [
      'an empty list, which would mean nothing',
      `${sound}  scope: { projects: [] }\n`,
      { line: 8, path: 'spec.scope.projects' },
    ],
    [
      'another kind',
      sound.replace('FreezeWindow', 'Application'),
      { line: 2, path: 'kind', found: '"Application"' },
    ],
  ])('is refused with its place for %s', (_, text, place) => {
    const parsed = parseFreeze(text)
    if (parsed.ok) throw new Error('it was accepted')
    expect(documentError(parsed.problems, 'w.yaml')).toMatchObject({ code: 'invalid', detail: place })
  })

  it('is described by a JSON Schema that accepts what the reader accepts', () => {
    const accepts = new Ajv({ strict: false, validateFormats: false }).compile(freezeJsonSchema())
    expect(accepts(parse(sound))).toBe(true)
    expect(accepts(parse(sound.replace('deny', 'block')))).toBe(false)
    expect(accepts(parse(sound.replace('reason:', 'reasons:')))).toBe(false)
  })
})

describe('a moment', () => {
  it.each([
    ['with an offset is that instant', '2026-12-24T00:00:00+02:00', 'UTC', '2026-12-23T22:00'],
    ['without is the wall of the zone', '2026-12-24T00:00', 'Europe/Kyiv', '2026-12-23T22:00'],
    ['that spring skips is the end of the gap', '2026-03-29T03:30', 'Europe/Kyiv', '2026-03-29T01:00'],
    ['that autumn repeats is the first', '2026-10-25T03:30', 'Europe/Kyiv', '2026-10-25T00:30'],
  ])('%s', (_, text, zone, instant) => {
    expect(new Date(momentOf(text, zone)).toISOString().slice(0, 16)).toBe(instant)
  })
})
