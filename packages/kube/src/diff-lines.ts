import type { DiffLine } from '@fairlead/contracts/rollout'
import type { KubeObject } from './kube-object'
import { diffLines as diff } from 'diff'
import { stringify } from 'yaml'

/** Unchanged lines kept on either side of a change. */
const context = 3
/** Lines of one object's diff; a ConfigMap may be a megabyte. */
const maxLines = 1_000

const yamlOf = (object: KubeObject | null): string =>
  object === null
    ? ''
    : stringify(object, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false })

/** Line by line in YAML; both sides must be normalised, and Secrets redacted. */
export function diffOf(before: KubeObject | null, after: KubeObject | null): DiffLine[] {
  const lines = diff(yamlOf(before), yamlOf(after)).flatMap((part): DiffLine[] => {
    const kind = part.added ? 'add' : part.removed ? 'remove' : 'same'
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind, text }))
  })
  const folded = fold(lines)
  if (folded.length <= maxLines) return folded
  return [
    ...folded.slice(0, maxLines),
    { kind: 'skip', text: `${folded.length - maxLines} more lines are not shown` },
  ]
}

/** Runs of unchanged lines away from any change become one `skip` line. */
export function fold(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set<number>()
  for (const [index, line] of lines.entries())
    if (line.kind !== 'same') for (let at = index - context; at <= index + context; at++) near.add(at)
  const folded: DiffLine[] = []
  let skipped: DiffLine[] = []
  const flush = (): void => {
    if (skipped.length === 1) folded.push(...skipped)
    else if (skipped.length > 1) folded.push({ kind: 'skip', text: `${skipped.length} unchanged lines` })
    skipped = []
  }
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) {
      flush()
      folded.push(line)
    } else skipped.push(line)
  }
  flush()
  return near.size === 0 ? [] : folded
}
