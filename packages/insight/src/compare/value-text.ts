import { ownNamespace } from './without-nature'

/** Characters of one value that are shown; a ConfigMap may hold a megabyte. */
const mostText = 4_000
/** Shown before the first character that differs. */
const before = 200

/** Text that YAML would read as something else, or as a list, is quoted: "1" is not 1. */
const needsQuotes = /^(?:true|false|null|~|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|["'[{].*|)$/is

/** A value as people read it, with the name of the side's own namespace in its place again. */
function valueText(value: unknown, own: string): string | null {
  if (value === undefined) return null
  const text =
    typeof value === 'string'
      ? needsQuotes.test(value)
        ? JSON.stringify(value)
        : value
      : JSON.stringify(value, null, isShort(value) ? 0 : 2)
  return text.replaceAll(ownNamespace, own)
}

const its = '(its own namespace)'
const isShort = (value: unknown): boolean => JSON.stringify(value).length <= 80

/** One side's own namespace may be named as a stranger by the other: then the texts would be the same. */
export function valueTexts(
  { left, right }: { readonly left: unknown; readonly right: unknown },
  own: { readonly left: string | null; readonly right: string | null },
): readonly [string | null, string | null] {
  const [one, other] = [valueText(left, own.left ?? its), valueText(right, own.right ?? its)]
  return one === other ? shownTexts(valueText(left, its), valueText(right, its)) : shownTexts(one, other)
}

/** Two long texts from shortly before the first character that differs, so that the difference is in sight. */
function shownTexts(left: string | null, right: string | null): readonly [string | null, string | null] {
  if ((left?.length ?? 0) <= mostText && (right?.length ?? 0) <= mostText) return [left, right]
  const from = left === null || right === null ? 0 : Math.max(0, firstDifference(left, right) - before)
  return [left === null ? null : part(left, from), right === null ? null : part(right, from)]
}

function firstDifference(left: string, right: string): number {
  let at = 0
  while (at < left.length && left[at] === right[at]) at += 1
  return at
}

function part(text: string, from: number): string {
  const shown = text.slice(from, from + mostText)
  const rest = text.length - from - shown.length
  const skipped = from === 0 ? '' : `… ${from} characters\n`
  return `${skipped}${shown}${rest > 0 ? `\n… ${rest} characters` : ''}`
}
