import { describe, expect, test } from 'vitest'
import { evaluate, type Scope } from './expression'

const run = { id: 'r', number: 1, nominalTime: '2026-03-29T02:30:00Z', trigger: 'manual' }
const numbers = Array.from({ length: 2_000 }, (_, index) => index)
const scope: Scope = { run, parameters: { numbers, text: 'a'.repeat(5_000) } }

const doubling = (times: number): string => `[[1, 1]]${'.map(x, x + x)'.repeat(times)}`
const binding = (times: number): string =>
  `${Array.from({ length: times }, (_, index) => `cel.bind(v${index + 1}, [v${index}, v${index}, v${index}, v${index}], `).join('')}[v${times}] == [v${times}]${')'.repeat(times)}`

describe('An evaluation ends soon, whatever the expression', () => {
  test.each([
    ['lists doubled in a row', doubling(40)],
    ['texts doubled in a row', `["a"]${'.map(x, x + x)'.repeat(40)}`],
    ['loops in loops', 'parameters.numbers.map(a, parameters.numbers.map(b, parameters.numbers.map(c, a)))'],
    [
      'loops that swallow errors',
      'parameters.numbers.all(a, parameters.numbers.all(b, parameters.numbers.all(c, c >= 0)))',
    ],
    ['comparing shared values', `cel.bind(v0, [1], ${binding(20)})`],
    [
      'joining large texts',
      'parameters.numbers.map(n, parameters.text).join("").size() > parameters.numbers.map(n, parameters.text).join("").size()',
    ],
  ])('%s', (_name, source) => {
    expect(evaluate(source, scope)).toMatchObject({
      ok: false,
      cause: 'invalid',
      reason: expect.stringMatching(/too many steps|too large/) as string,
    })
  })

  test('a pattern that makes JavaScript hang is matched in linear time', () => {
    expect(evaluate(`(parameters.text + "!").matches("^(a+)+$")`, scope)).toEqual({ ok: true, value: false })
  })

  test('what it costs once doesn’t count the next time', () => {
    const source = 'size(parameters.numbers.filter(n, n in parameters.numbers))'
    for (let time = 0; time < 3; time += 1)
      expect(evaluate(source, scope)).toEqual({ ok: true, value: 2_000 })
  })
})
