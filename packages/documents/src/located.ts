import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { pathText, type DocumentText } from './document-text'
import type { Finding } from './zod-problems'

const maxProblems = 50

/** Findings with their places in the text, in its order, 50 at most. */
export function located(text: DocumentText, findings: readonly Finding[]): readonly DocumentProblem[] {
  const problems = findings.slice(0, maxProblems * 2).map(({ path, message, found, expected, within }) => ({
    message,
    path: pathText(path),
    ...(within === undefined ? text.positionOf(path) : text.positionIn(path, within.part, within.offset)),
    found: found ?? null,
    expected: expected ?? null,
  }))
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, maxProblems)
}
