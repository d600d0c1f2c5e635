import { FairleadError } from '@fairlead/contracts/errors'
import { kubeObjectSchema, type KubeObject } from './kube-object'
import { parseYaml } from './safe-yaml'

/** The one object of a text that somebody edited, whatever the server has written into it; `invalid` says where. */
export function readEdited(text: string, options: { readonly maxBytes: number }): KubeObject {
  const documents = parseYaml(text, { maxBytes: options.maxBytes, maxAliases: 0 }).filter(
    ({ value }) => value !== null,
  )
  const [document, second] = documents
  if (document === undefined || second !== undefined)
    throw new FairleadError('invalid', 'An edit is of exactly one object.', {
      ...(second === undefined ? {} : { line: second.lineOf([]) }),
      found: `${documents.length} documents`,
      expected: 'one document',
    })
  const parsed = kubeObjectSchema.safeParse(document.value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)))
  throw new FairleadError('invalid', `${path.join('.')}: ${issue?.message ?? 'is not valid'}.`, {
    line: document.lineOf(path),
    path: path.join('.'),
  })
}
