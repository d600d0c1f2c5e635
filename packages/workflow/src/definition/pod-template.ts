import { z } from 'zod'
import type { Evaluated } from './compiled'
import { invalid, type Scope } from './expression'
import { renderDeep } from './render-deep'

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

/** As JSON text; expressions inside its strings are rendered, and keep their type where they are the whole string. */
export function renderPodTemplate(
  template: Readonly<Record<string, unknown>> | undefined,
  scope: Scope,
): Evaluated<string | null> {
  if (template === undefined) return { ok: true, value: null }
  const rendered = renderDeep(template, scope)
  if (!rendered.ok) return rendered
  const text = JSON.stringify(rendered.value)
  return text.length > maxBytes
    ? invalid(`"podTemplate" becomes larger than ${maxBytes} bytes`)
    : { ok: true, value: text }
}
