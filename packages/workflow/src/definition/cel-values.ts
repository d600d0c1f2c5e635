import { Duration } from '@marcbachmann/cel-js/evaluator'

/** JSON as CEL sees it, and back. Whole numbers are CEL ints, so that `amount > 1000000` and `index + 1` just work. */

const maxNodes = 200_000
const maxDepth = 100
const converted = new WeakMap<object, unknown>()

function convert(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  // Maps: a key such as "constructor" stays data.
  return new Map(Object.entries(value).map(([key, part]) => [key, convert(part)]))
}

/** Outputs of a wide fan-out are read by many expressions: each is converted once. */
export function toCel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return convert(value)
  const known = converted.get(value)
  if (known !== undefined) return known
  const result = convert(value)
  converted.set(value, result)
  return result
}

/** The result of an expression can't be JSON. */
export class NotJson extends Error {}

/** RFC 3339, without the fraction where there is none. */
export const timeText = (time: Date): string => {
  if (Number.isNaN(time.getTime())) throw new NotJson('the result is no valid time')
  return time.toISOString().replace('.000Z', 'Z')
}

function integer(value: bigint): number {
  if (!Number.isSafeInteger(Number(value))) throw new NotJson(`${value} is too large for a JSON number`)
  return Number(value)
}

export function fromCel(value: unknown): unknown {
  let nodes = 0
  const walk = (part: unknown, depth: number): unknown => {
    nodes += 1
    if (nodes > maxNodes || depth > maxDepth) throw new NotJson('the result has too many values')
    if (typeof part === 'bigint') return integer(part)
    if (typeof part === 'number') {
      if (!Number.isFinite(part)) throw new NotJson(`the result is ${part}`)
      return part
    }
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part
    if (Array.isArray(part)) return part.map((item) => walk(item, depth + 1))
    if (part instanceof Date) return timeText(part)
    if (part instanceof Duration) return `${part.valueOf() / 1000}s`
    if (part instanceof Map) return entries([...part], depth)
    if (typeof part === 'object' && isPlain(part)) return entries(Object.entries(part), depth)
    const plain: unknown = typeof part === 'object' ? part.valueOf() : undefined
    if (typeof plain === 'bigint') return integer(plain)
    throw new NotJson('the result is neither text, number, bool, list, map, time, duration nor null')
  }
  const entries = (pairs: readonly (readonly [unknown, unknown])[], depth: number): unknown =>
    Object.fromEntries(pairs.map(([key, part]) => [String(key), walk(part, depth + 1)]))
  return walk(value, 0)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
