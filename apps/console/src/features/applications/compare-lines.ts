import type { DiffLine } from '@fairlead/ui/diff-view'
import { diffLines } from 'diff'
import { objectsOf } from './manifest-objects'

export type ComparedObject = { key: string; lines: DiffLine[]; change: 'added' | 'removed' | 'changed' }
export type Comparison = { changed: ComparedObject[]; same: string[] }

/** Unchanged lines kept on either side of a change. */
const context = 3

/** Two releases object by object: what only one has, what differs, what is the same. */
export function compareManifests(before: string, after: string): Comparison {
  const old = new Map(objectsOf(before).map((object) => [object.key, object.text]))
  const next = new Map(objectsOf(after).map((object) => [object.key, object.text]))
  const keys = [...new Set([...old.keys(), ...next.keys()])].sort()
  const changed: ComparedObject[] = []
  const same: string[] = []
  for (const key of keys) {
    const was = old.get(key)
    const is = next.get(key)
    if (was === is) same.push(key)
    else {
      const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
      changed.push({ key, change, lines: folded(linesOf(was ?? '', is ?? '')) })
    }
  }
  return { changed, same }
}

type TextLine = Exclude<DiffLine, { kind: 'skip' }>

const linesOf = (before: string, after: string): TextLine[] =>
  diffLines(before, after).flatMap((part) => {
    const kind = part.added ? 'add' : part.removed ? 'remove' : 'context'
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): TextLine => ({ kind, text }))
  })

/** Long runs of equal lines become one `skip`, which knows how many they were. */
export function folded(lines: readonly TextLine[]): DiffLine[] {
  const near = new Set<number>()
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'context') continue
    for (let at = index - context; at <= index + context; at++) near.add(at)
  }
  const shown: DiffLine[] = []
  let skipped: TextLine[] = []
  const flush = () => {
    if (skipped.length > 1)
      shown.push({ kind: 'skip', text: `${skipped.length} unchanged lines`, lines: skipped.length })
    else shown.push(...skipped)
    skipped = []
  }
  for (const [index, line] of lines.entries()) {
    if (!near.has(index)) skipped.push(line)
    else {
      flush()
      shown.push(line)
    }
  }
  flush()
  return shown
}

/** Two texts as one difference. */
export const compareTexts = (before: string, after: string): DiffLine[] => folded(linesOf(before, after))
