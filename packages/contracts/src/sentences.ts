const ended = /[.!?…]["'”’)\]]*$/

/**
 * Sentences of several authors as one paragraph: an API server ends its own with nothing, or with a colon. The last is left
 * as it is, for it may be a command to copy.
 */
export function sentences(...parts: readonly (string | null | undefined)[]): string {
  const said = parts.flatMap((part) => (part == null || part.trim() === '' ? [] : [part.trim()]))
  return said
    .map((part, index) =>
      index === said.length - 1 || ended.test(part) ? part : `${part.replace(/[\s:;,]+$/, '')}.`,
    )
    .join(' ')
}
