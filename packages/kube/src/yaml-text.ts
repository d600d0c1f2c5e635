import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'

// What is refused before the YAML parser sees it: text that would cost it seconds, or that no person wrote.

export interface Where {
  readonly file?: string
  readonly line?: number
}

export const invalid = (message: string, where: Where, detail: ErrorDetail = {}): FairleadError =>
  new FairleadError('invalid', message, { ...where, ...detail })

const maxDocuments = 1_000
/** A person's megabyte has some 30,000 lines; the parser needs about 15 µs for each mark. */
const maxLines = 50_000
const maxMarks = 600_000
/** Brackets open at once. Scripts inside a manifest have unpaired ones, so this is far above the real limit of levels. */
const maxOpenBrackets = 1_000

/** The parser is recursive: a megabyte of `[` costs it seconds before it gives up. */
function assertMarks(text: string, file: Where): void {
  let open = 0
  let marks = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x22 || code === 0x27 || code === 0x2c || code === 0x3a) marks += 1
    if (code === 0x5b || code === 0x7b) open += 1
    else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1
    if (open > maxOpenBrackets)
      throw invalid('The document is nested too deeply: too many open brackets', file)
    if (marks > maxMarks) throw invalid('The text has too many quotes, colons and commas', file)
  }
}

export function assertText(text: string, { maxBytes, file }: { maxBytes: number; file: Where }): void {
  const bytes = Buffer.byteLength(text)
  if (bytes > maxBytes)
    throw new FairleadError('too_large', `The text is larger than ${maxBytes} bytes`, {
      ...file,
      found: `${bytes} bytes`,
      expected: `at most ${maxBytes} bytes`,
    })
  // oxlint-disable-next-line no-control-regex
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(text)
  if (control !== null) {
    const line = text.slice(0, control.index).split('\n').length
    const found = `U+${(control[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}`
    throw invalid(
      'The text contains a control character',
      { ...file, line },
      { found, expected: 'plain text' },
    )
  }
  if ((text.match(/^(---|\.\.\.)/gm) ?? []).length > maxDocuments)
    throw new FairleadError('too_large', `There are more than ${maxDocuments} documents`, {
      ...file,
      expected: `at most ${maxDocuments}`,
    })
  if (text.split('\n', maxLines + 1).length > maxLines)
    throw new FairleadError('too_large', `There are more than ${maxLines} lines`, {
      ...file,
      expected: `at most ${maxLines}`,
    })
  if (/([-?:] ){200}/.test(text))
    throw invalid('The document is nested too deeply: too many list marks in one line', file)
  assertMarks(text, file)
}
