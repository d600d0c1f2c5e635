import { FairleadError } from '@fairlead/contracts/errors'

/** One document of a file, and how many lines stand before it. */
export interface FileDocument {
  readonly kind: string
  readonly text: string
  readonly linesBefore: number
}

/** The YAML documents of a file; what holds nothing but comments is none. */
export function documentsIn(text: string): FileDocument[] {
  const documents: FileDocument[] = []
  let lines: string[] = []
  let linesBefore = 0
  const end = (): void => {
    const blank = lines.findIndex((line) => line.trim() !== '')
    const content = lines.slice(Math.max(0, blank))
    if (content.some((line) => !/^\s*(#.*)?$/.test(line)))
      documents.push({
        kind: kindOf(content),
        text: content.join('\n'),
        linesBefore: linesBefore + Math.max(0, blank),
      })
  }
  for (const [number, line] of text.split('\n').entries()) {
    // At the start of a line this ends a document wherever it stands: nothing in YAML may contain it.
    const marker = /^(---|\.\.\.)(?=\s|$)/.exec(line)
    if (marker === null) {
      lines.push(line)
      continue
    }
    end()
    const rest = `   ${line.slice(3)}`
    lines = [rest]
    linesBefore = number
  }
  end()
  return documents
}

function kindOf(lines: readonly string[]): string {
  const block = lines.flatMap((line) => /^kind:\s*(["']?)(\w+)\1\s*(#.*)?$/.exec(line)?.[2] ?? [])
  return block[0] ?? /["']?\bkind["']?\s*:\s*["']?(\w+)/.exec(lines.join('\n'))?.[1] ?? ''
}

/** What a server says of a document's lines, said of the file's. */
export function inFile(
  error: FairleadError,
  { linesBefore }: Pick<FileDocument, 'linesBefore'>,
): FairleadError {
  if (linesBefore === 0) return error
  const { detail } = error
  const shift = (text: string): string =>
    text.replace(/\bline (\d+):/g, (_, line: string) => `line ${Number(line) + linesBefore}:`)
  const place = detail.line === undefined ? null : `${detail.file ?? ''}:${detail.line}:`
  const moved = detail.line === undefined ? null : `${detail.file ?? ''}:${detail.line + linesBefore}:`
  return new FairleadError(
    error.code,
    place === null || moved === null ? error.message : error.message.replace(place, moved),
    {
      ...detail,
      ...(detail.line === undefined ? {} : { line: detail.line + linesBefore }),
      ...(detail.remedy === undefined ? {} : { remedy: shift(detail.remedy) }),
    },
  )
}
