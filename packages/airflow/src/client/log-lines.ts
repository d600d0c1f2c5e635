import type { AirflowLogLine } from '@fairlead/contracts/airflow'
import { z } from 'zod'
import { jsonOf } from './airflow-error'

const eventSchema = z.looseObject({
  event: z.string(),
  timestamp: z.string().nullish(),
  level: z.string().nullish(),
  /** What was raised, the last first. */
  error_detail: z
    .array(z.looseObject({ exc_type: z.string(), exc_value: z.string() }))
    .nullish()
    .catch(null),
})
const longestLine = 8_000

/** A log as it came: an event in JSON on each line (v2), or text (v1). A line that was cut in the middle is text too. */
export const logLines = (text: string): AirflowLogLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map(lineOf)

function lineOf(line: string): AirflowLogLine {
  const event = eventSchema.safeParse(line.startsWith('{') ? jsonOf(line) : undefined)
  if (!event.success) return { at: null, level: null, text: shorten(line) }
  return {
    at: event.data.timestamp ?? null,
    level: event.data.level ?? null,
    text: shorten([event.data.event, ...raised(event.data)].join('\n')),
  }
}

const raised = ({ error_detail: detail }: z.infer<typeof eventSchema>): readonly string[] =>
  (detail ?? []).map(({ exc_type: type, exc_value: value }) => `${type}: ${value}`)

const shorten = (line: string): string =>
  line.length <= longestLine ? line : `${line.slice(0, longestLine)}… (${line.length} characters)`
