import {
  freezeWindowDocumentSchema,
  type FreezeSpec,
  type FreezeWindowDocument,
} from '@fairlead/contracts/freeze-document'
import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { located } from '@fairlead/documents/located'
import { readDocumentText, type DocumentText } from '@fairlead/documents/document-text'
import { zodFindings, type Finding } from '@fairlead/documents/zod-problems'
import { scheduleProblem } from '@fairlead/timetable/schedule'
import { isZone } from '@fairlead/timetable/zone-clock'
import { momentOf } from './moments'

export type ParsedFreeze =
  | { readonly ok: true; readonly document: FreezeWindowDocument; readonly text: DocumentText }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

/** Every problem of a FreezeWindow document in the order of its text, or the window. */
export function parseFreeze(source: string): ParsedFreeze {
  const read = readDocumentText(source)
  if (!read.ok) return read
  const parsed = freezeWindowDocumentSchema.safeParse(read.text.value)
  const findings = parsed.success
    ? scheduleFindings(parsed.data.spec)
    : zodFindings(parsed.error.issues, read.text.value)
  if (parsed.success && findings.length === 0) return { ok: true, document: parsed.data, text: read.text }
  return { ok: false, problems: located(read.text, findings) }
}

function scheduleFindings({ schedule }: FreezeSpec): Finding[] {
  const at = (field: string) => ['spec', 'schedule', field]
  if ('cron' in schedule) {
    const problem = scheduleProblem(schedule)
    if (problem === null) return []
    const { path, message, expected } = problem
    return [{ path: at(path), message, found: schedule[path], expected }]
  }
  const { from, until, timezone } = schedule
  if (!isZone(timezone))
    return [
      {
        path: at('timezone'),
        message: `There is no time zone "${timezone}".`,
        found: timezone,
        expected: 'a name of the IANA time zone database, e.g. "Europe/Kyiv"',
      },
    ]
  if (momentOf(until, timezone) > momentOf(from, timezone)) return []
  return [
    { path: at('until'), message: 'It ends before it begins.', found: until, expected: `later than ${from}` },
  ]
}
