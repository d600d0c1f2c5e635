import { maxOutputBytes } from '@fairlead/contracts/workflow-document'
import type { CompiledTask, Evaluated } from './compiled'
import { invalid } from './expression'
import { validateJson } from './json-validate'

const unusable = (reason: string): Evaluated<never> => invalid(`outputs: ${reason}`)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What JSON.parse gives, or why it couldn't. */
function readJson(text: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return {
      // Kubernetes cuts a termination message there without a word.
      reason:
        Buffer.byteLength(text) >= maxOutputBytes
          ? `they are larger than ${maxOutputBytes} bytes and were cut; write large data elsewhere and put its place into the outputs`
          : `${JSON.stringify(text.slice(0, 80))} is not JSON`,
    }
  }
}

/** What a container wrote to FAIRLEAD_OUTPUT: one JSON object with every declared output in it. */
export function parseOutputs(task: CompiledTask, raw: string | null): Evaluated<Record<string, unknown>> {
  const declared = Object.entries(task.source.outputs)
  const text = (raw ?? '').trim()
  if (raw !== null && Buffer.byteLength(raw) > maxOutputBytes)
    return unusable(`they are ${Buffer.byteLength(raw)} bytes; at most ${maxOutputBytes} are possible`)
  if (text === '' && declared.length === 0) return { ok: true, value: {} }
  const read = text === '' ? { value: {} } : readJson(text)
  if ('reason' in read) return unusable(read.reason)
  const { value } = read
  if (!isObject(value))
    return unusable(`expected one JSON object, found ${JSON.stringify(value).slice(0, 80)}`)
  const problems = declared.flatMap(([name, schema]) => {
    if (!Object.hasOwn(value, name)) return [`"${name}" is declared, but was not written`]
    return validateJson(schema, value[name], name)
  })
  return problems.length === 0 ? { ok: true, value } : unusable(problems.slice(0, 5).join('; '))
}
