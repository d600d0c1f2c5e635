import { FairleadError } from '@fairlead/contracts/errors'

/** `k=v` pairs; a value that is JSON is that value, anything else is text. */
export function parametersOf(pairs: readonly string[]): Record<string, unknown> {
  const parameters: Record<string, unknown> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1)
      throw new FairleadError('invalid', `-p ${pair} is no parameter.`, {
        found: pair,
        expected: 'name=value, e.g. -p day=2026-03-01 or -p shops=\'["x"]\'',
      })
    parameters[pair.slice(0, at)] = valueOf(pair.slice(at + 1))
  }
  return parameters
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** For what must be JSON. */
export function jsonOf(text: string, option: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new FairleadError('invalid', `${option} is not valid JSON.`, {
      found: text.slice(0, 100),
      expected: 'JSON, e.g. \'{"amount": 12}\'',
    })
  }
}

/** A day is its first instant in UTC; everything else is passed on as it is. */
export const timeOf = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)

/** A whole number of an option. */
export function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new FairleadError('invalid', `"${text}" is no number.`, { found: text, expected: 'a whole number' })
  return Number(text)
}
