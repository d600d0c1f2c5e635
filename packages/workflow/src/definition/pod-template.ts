import { z } from 'zod'
import type { Evaluated } from './compiled'
import { evaluateTemplate, invalid, type Scope } from './expression'

/** Bytes of a rendered template: an object of Kubernetes may hold little more than a megabyte in all. */
const maxBytes = 256 * 1024

const containerSchema = z.looseObject({ image: z.string().optional() })
const podTemplateSchema = z.looseObject({
  spec: z.looseObject({ containers: z.array(containerSchema).min(1).optional() }).optional(),
})

/** The image of the first container, which is ours. */
export function podImage(template: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const parsed = podTemplateSchema.safeParse(template)
  return parsed.success ? parsed.data.spec?.containers?.[0]?.image : undefined
}

class Failed extends Error {
  constructor(readonly failure: Evaluated<never>) {
    super('not rendered')
  }
}

function renderDeep(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const result = evaluateTemplate(value, scope)
    if (!result.ok) throw new Failed(result)
    return result.value
  }
  if (Array.isArray(value)) return value.map((part) => renderDeep(part, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renderDeep(part, scope)]))
}

/** As JSON text; expressions inside its strings are rendered, and keep their type where they are the whole string. */
export function renderPodTemplate(
  template: Readonly<Record<string, unknown>> | undefined,
  scope: Scope,
): Evaluated<string | null> {
  if (template === undefined) return { ok: true, value: null }
  try {
    const text = JSON.stringify(renderDeep(template, scope))
    return text.length > maxBytes
      ? invalid(`"podTemplate" becomes larger than ${maxBytes} bytes`)
      : { ok: true, value: text }
  } catch (error) {
    if (error instanceof Failed) return error.failure
    throw error
  }
}
