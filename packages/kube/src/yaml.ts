import { stringify } from 'yaml'
import type { KubeObject } from './kube-object'

const redacted = '(redacted)'
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const redact = (value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, redacted])) : value

/** Without managedFields and last-applied (which repeats a Secret's values); values of a Secret replaced, keys kept. */
export function forPeople(object: KubeObject): KubeObject {
  const { managedFields: _, annotations, ...metadata } = object.metadata
  const shown = Object.entries(annotations ?? {}).filter(([key]) => key !== lastApplied)
  const clean = {
    ...object,
    metadata: { ...metadata, ...(shown.length === 0 ? {} : { annotations: Object.fromEntries(shown) }) },
  }
  if (object.kind !== 'Secret') return clean
  const secret: Record<string, unknown> = { ...clean }
  for (const field of ['data', 'stringData']) if (field in secret) secret[field] = redact(secret[field])
  return { ...secret, apiVersion: clean.apiVersion, kind: clean.kind, metadata: clean.metadata }
}

/** For people, as `kubectl get -o yaml` prints it: type, metadata, spec, status. */
export function toYaml(object: KubeObject): string {
  const { apiVersion, kind, metadata, ...rest } = forPeople(object)
  return stringify(
    { apiVersion, kind, metadata, ...rest },
    { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' },
  )
}
