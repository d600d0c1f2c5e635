import type { TaskLogs } from '@fairlead/contracts/workflow'

type Line = TaskLogs['lines'][number]

/** Lines as upkeep archived them: the time, a tab, the text. */
export function archivedLines(text: string): Line[] {
  if (text === '') return []
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const tab = line.indexOf('\t')
      return { at: tab <= 0 ? null : line.slice(0, tab), text: line.slice(tab + 1) }
    })
}

/**
 * Where who follows live logs stands: how many lines were given so far is part of it, so that the archive goes on at
 * the right line once the attempt is gone.
 */
export interface LogPlace {
  readonly given: number
  readonly cursor: string | null
}

export const logCursor = ({ given, cursor }: LogPlace): string => `${given}:${cursor ?? ''}`

export function logPlace(text: string | null | undefined): LogPlace {
  const match = /^(\d{1,12}):(.*)$/s.exec(text ?? '')
  if (match === null) return { given: 0, cursor: null }
  return { given: Number(match[1]), cursor: match[2] === '' ? null : (match[2] ?? null) }
}
