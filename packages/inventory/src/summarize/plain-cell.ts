/** Longer cells help nobody in a table, and a controller may write a megabyte into a status. */
const maxCell = 500

/** Control characters, halves of a character, line separators, and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * One line of a text that anybody may have written, fit for a table on a screen and in a terminal. As kubectl's
 * TablePrinter does, it ends at the first line break, and says so.
 */
export function plainCell(text: string): string {
  const [line = ''] = text.split(/[\n\r\f]/, 1)
  const cut = line.slice(0, maxCell)
  const plain = cut.replaceAll('\t', ' ').replaceAll(unprintable, '\ufffd')
  return cut.length < text.length ? `${plain}...` : plain
}
