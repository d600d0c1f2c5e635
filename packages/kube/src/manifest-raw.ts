import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'
import { pathText, type YamlDocument, type YamlPath } from './safe-yaml'

/** One object as it stands in a document, before it is believed. */
export interface RawObject {
  readonly value: Readonly<Record<string, unknown>>
  fail(path: YamlPath, message: string, detail?: ErrorDetail): FairleadError
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const typeName = (value: unknown): string =>
  value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a mapping'
        : `a ${typeof value}`

export function rawObject(
  document: YamlDocument,
  fileName: string | undefined,
  base: YamlPath,
  value: unknown,
): RawObject {
  const fail: RawObject['fail'] = (path, message, detail = {}) => {
    const full = [...base, ...path]
    return new FairleadError('invalid', `Document ${document.number}: ${message}`, {
      ...(fileName === undefined ? {} : { file: fileName }),
      line: document.lineOf(full),
      ...(full.length === 0 ? {} : { path: pathText(full) }),
      ...detail,
    })
  }
  if (!isRecord(value))
    throw fail([], 'this is not a Kubernetes object', {
      found: typeName(value),
      expected: 'a mapping with apiVersion, kind and metadata',
    })
  return { value, fail }
}
