import { cn } from './cn'

export type DiffLine =
  | { kind: 'context' | 'add' | 'remove'; text: string }
  /** Equal lines left out; without their number the lines after them have none either. */
  | { kind: 'skip'; text: string; lines?: number | undefined }
export type DiffViewProps = {
  lines: readonly DiffLine[]
  title?: string | undefined
  /** What to say when nothing differs. */
  same?: string | undefined
  className?: string | undefined
}

const looks = {
  context: { sign: ' ', row: 'text-muted', said: '' },
  add: { sign: '+', row: 'bg-ok-soft text-ok', said: 'added: ' },
  remove: { sign: '−', row: 'bg-fail-soft text-fail', said: 'removed: ' },
  skip: { sign: '', row: 'bg-sunken text-faint', said: '' },
} as const

/** Unified diff with both line numbers. Signs carry the meaning too, not the colour alone. */
export function DiffView({ lines, title, same = 'No difference.', className }: DiffViewProps) {
  const changed = lines.some((line) => line.kind === 'add' || line.kind === 'remove')
  return (
    <figure className={cn('min-w-0 overflow-hidden rounded-md border border-line bg-surface', className)}>
      {title ? (
        <figcaption className="flex h-8 items-center gap-3 border-b border-line bg-sunken px-3 text-xs">
          <span className="min-w-0 flex-1 truncate font-mono text-fg">{title}</span>
          <span className="text-ok">+{lines.filter((line) => line.kind === 'add').length}</span>
          <span className="text-fail">−{lines.filter((line) => line.kind === 'remove').length}</span>
        </figcaption>
      ) : null}
      {changed ? (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={title ?? 'Difference'}>
          <table className="min-w-full border-collapse font-mono text-xs leading-5">
            <tbody>
              {numbered(lines).map((line, index) => (
                <tr key={index} className={looks[line.kind].row}>
                  <td className="w-10 px-2 text-right text-faint select-none">{line.before}</td>
                  <td className="w-10 px-2 text-right text-faint select-none">{line.after}</td>
                  <td className="w-4 text-center select-none">{looks[line.kind].sign}</td>
                  <td className="pr-4 whitespace-pre">
                    {looks[line.kind].said ? <span className="sr-only">{looks[line.kind].said}</span> : null}
                    {line.text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="px-3 py-2 text-sm text-muted">{same}</p>
      )}
    </figure>
  )
}

/** Gives each line its number before and after; an added line has none before, a removed none after. */
export function numbered(lines: readonly DiffLine[]) {
  let before = 0
  let after = 0
  let known = true
  return lines.map((line) => {
    if (line.kind === 'skip') {
      known &&= line.lines !== undefined
      before += line.lines ?? 0
      after += line.lines ?? 0
      return { ...line, before: null, after: null }
    }
    if (line.kind !== 'add') before += 1
    if (line.kind !== 'remove') after += 1
    return {
      ...line,
      before: known && line.kind !== 'add' ? before : null,
      after: known && line.kind !== 'remove' ? after : null,
    }
  })
}
