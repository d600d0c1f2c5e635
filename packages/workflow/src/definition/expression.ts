import type { ASTNode, ParseResult } from '@marcbachmann/cel-js'
import { messageOf } from '@fairlead/contracts/errors'
import { maxFanOut } from '@fairlead/contracts/workflow-document'
import type { Evaluated, ExpressionFailure, ExpressionScope } from './compiled'
import { evaluatingEnvironment } from './cel-environment'
import { bound, createMeter } from './cel-bounds'
import { fromCel, toCel } from './cel-values'
import { parseTemplate } from './template'

/** Characters of a text that an expression gives. */
export const maxTextLength = 64 * 1024
const maxKept = 5_000

export type Scope = Omit<ExpressionScope, 'parameters' | 'tasks'> &
  Partial<Pick<ExpressionScope, 'parameters' | 'tasks'>> & { readonly event?: unknown }

const environment = evaluatingEnvironment()
const parsed = new Map<string, ParseResult>()
const meter = createMeter()

/** Parsing costs more than evaluating, and each index of a fan-out asks for the same texts again. */
function parseOnce(source: string): ParseResult {
  const known = parsed.get(source)
  if (known !== undefined) return known
  if (parsed.size >= maxKept) parsed.clear()
  const result = environment.parse(source)
  bound(result.ast, meter)
  parsed.set(source, result)
  return result
}

export function astOf(source: string): ASTNode | null {
  try {
    return parseOnce(source).ast
  } catch {
    return null
  }
}

export const invalid = (reason: string): ExpressionFailure => ({ ok: false, cause: 'invalid', reason })

export const short = (source: string): string => (source.length > 120 ? `${source.slice(0, 120)}…` : source)

export function celReason(error: unknown): string {
  const summary: unknown = error instanceof Error && 'summary' in error ? error.summary : undefined
  return typeof summary === 'string' ? summary : (messageOf(error).split('\n')[0] ?? '')
}

function bindings(scope: Scope): Record<string, unknown> {
  const tasks = Object.entries(scope.tasks ?? {}).map(
    ([id, task]) =>
      [
        id,
        new Map<string, unknown>([
          ['state', task.state],
          ['outputs', toCel(task.outputs)],
        ]),
      ] as const,
  )
  return {
    run: toCel(scope.run),
    parameters: toCel(scope.parameters ?? {}),
    tasks: new Map(tasks),
    ...('item' in scope ? { item: toCel(scope.item) } : {}),
    ...(scope.index === undefined ? {} : { index: BigInt(scope.index) }),
    ...('event' in scope ? { event: toCel(scope.event) } : {}),
  }
}

const lengthIn = (value: unknown): number =>
  typeof value === 'string' ? value.length : Array.isArray(value) ? Math.max(0, ...value.map(lengthIn)) : 0

/** The value of one bare CEL expression, as JSON. */
export function evaluate(source: string, scope: Scope): Evaluated<unknown> {
  try {
    meter.reset()
    const value = fromCel(parseOnce(source)(bindings(scope)))
    if (meter.exhausted) return invalid(`"${short(source)}" can’t be evaluated: it takes too many steps`)
    if (lengthIn(value) > maxTextLength)
      return invalid(`"${short(source)}" gives a text of more than ${maxTextLength} characters`)
    if (Array.isArray(value) && value.length > maxFanOut)
      return invalid(`"${short(source)}" gives ${value.length} items; at most ${maxFanOut} are possible`)
    return { ok: true, value }
  } catch (error) {
    return invalid(`"${short(source)}" can’t be evaluated: ${celReason(error)}`)
  }
}

/** How a value reads inside a text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A text with `${{ … }}`: the value itself where the whole text is one expression, else a text. */
export function evaluateTemplate(text: string, scope: Scope): Evaluated<unknown> {
  if (!text.includes('${{')) return { ok: true, value: text }
  const template = parseTemplate(text)
  if (!template.ok) return invalid(`"${short(text)}": ${template.reason}`)
  const [only] = template.pieces
  if (template.pieces.length === 1 && only?.kind === 'expression') return evaluate(only.source, scope)
  let whole = ''
  for (const piece of template.pieces) {
    if (piece.kind === 'text') {
      whole += piece.text
      continue
    }
    const result = evaluate(piece.source, scope)
    if (!result.ok) return result
    whole += textOf(result.value)
    if (whole.length > maxTextLength)
      return invalid(`"${short(text)}" becomes longer than ${maxTextLength} characters`)
  }
  return { ok: true, value: whole }
}

export function evaluateText(text: string, scope: Scope): Evaluated<string> {
  const result = evaluateTemplate(text, scope)
  if (!result.ok) return result
  const rendered = textOf(result.value)
  return rendered.length > maxTextLength
    ? invalid(`"${short(text)}" becomes longer than ${maxTextLength} characters`)
    : { ok: true, value: rendered }
}
