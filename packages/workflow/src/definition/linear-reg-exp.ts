import { RE2JS } from 're2js'

const maxKept = 500
const kept = new Map<string, RE2JS>()

/** RE2, as CEL prescribes: linear in the text whatever the pattern. Throws where a pattern is none. */
export function linearRegExp(pattern: string): { test(text: string): boolean; toString(): string } {
  const known = kept.get(pattern)
  const compiled = known ?? RE2JS.compile(pattern)
  if (known === undefined) {
    if (kept.size >= maxKept) kept.clear()
    kept.set(pattern, compiled)
  }
  // ajv tells patterns apart by their text.
  return { test: (text) => compiled.matcher(text).find(), toString: () => `/${pattern}/` }
}
