import { FairleadError } from '@fairlead/contracts/errors'
import { describeObject, type KubeManifest, type KubeObject } from '@fairlead/kube/kube-object'
import { z } from 'zod'

/** Values of Secrets by Secret name and key, in base64: what is sealed, and nothing else ever holds them. */
export type SecretValues = Readonly<Record<string, Readonly<Record<string, string>>>>
export const secretValuesSchema = z.record(z.string(), z.record(z.string(), z.string()))

/** A colon is no base64: should a redacted Secret ever be sent, the API server refuses it. */
export const fingerprintPrefix = 'fingerprint:'

type Fingerprint = (value: string) => string

export const isSecret = (object: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean =>
  object.kind === 'Secret' && object.apiVersion === 'v1'

/** Takes the values out of every Secret and leaves keyed fingerprints. Do this before anything is stored or compared. */
export function takeSecrets(
  objects: readonly KubeManifest[],
  fingerprint: Fingerprint,
): { objects: KubeManifest[]; values: SecretValues } {
  const values: Record<string, Record<string, string>> = {}
  const redacted = objects.map((object) => {
    if (!isSecret(object)) return object
    const own = secretData(object)
    values[object.metadata.name] = own
    return redactSecret({ ...object, data: own }, fingerprint)
  })
  return { objects: redacted, values }
}

/** The reverse, at the last moment before an apply. */
export const restoreSecrets = (objects: readonly KubeManifest[], values: SecretValues): KubeManifest[] =>
  objects.map((object) => {
    if (!isSecret(object)) return object
    const own = Object.hasOwn(values, object.metadata.name) ? values[object.metadata.name] : undefined
    if (own === undefined)
      throw new FairleadError('internal', `The sealed values of ${describeObject(object)} are missing.`)
    return Object.keys(own).length === 0 ? object : { ...object, data: own }
  })

/** Live or written: values become fingerprints, and annotations that copy the object go. */
export function redactSecret(object: KubeObject, fingerprint: Fingerprint): KubeObject {
  if (!isSecret(object)) return object
  const { data, stringData: _, ...rest } = object
  const entries = Object.entries((data ?? {}) as Record<string, unknown>).map(([key, value]) => [
    key,
    `${fingerprintPrefix}${fingerprint(`${object.metadata.name}\0${key}\0${String(value)}`)}`,
  ])
  return entries.length === 0 ? rest : { ...rest, data: Object.fromEntries(entries) }
}

/** The API server quotes wrong values in its errors, so wrong types are refused here, by path only. */
function secretData(object: KubeManifest): Record<string, string> {
  const texts = (field: 'data' | 'stringData'): [string, string][] => {
    const map = object[field]
    if (map === undefined || map === null) return []
    if (typeof map !== 'object' || Array.isArray(map)) throw wrong(object, field, 'a map of strings')
    return Object.entries(map).map(([key, value]) => {
      if (typeof value !== 'string') throw wrong(object, `${field}.${key}`, 'a string (put it in quotes)')
      return [key, value]
    })
  }
  const data = texts('data').map(([key, value]) => {
    const compact = value.replace(/[\r\n]/g, '')
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
      throw wrong(object, `data.${key}`, 'base64 (plain text goes into stringData)')
    return [key, compact] as const
  })
  const plain = texts('stringData').map(
    ([key, value]) => [key, Buffer.from(value).toString('base64')] as const,
  )
  return Object.fromEntries([...data, ...plain])
}

const wrong = (object: KubeManifest, path: string, expected: string): FairleadError =>
  new FairleadError('invalid', `${describeObject(object)}: ${path} must be ${expected}.`, {
    path,
    found: 'a value that is not shown',
    expected,
  })
