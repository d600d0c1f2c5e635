import { canonicalJson } from '@fairlead/kernel/audit'
import type { KubeObject } from '@fairlead/kube/kube-object'
import crypto from 'node:crypto'
import { keyOf } from './object-key'

/** sha256 of canonical JSON, in hex. */
export const hashOf = (value: unknown): string =>
  crypto.createHash('sha256').update(canonicalJson(value)).digest('hex')

/** Of redacted objects, in any order: the same content has the same digest. */
export const releaseDigest = (objects: readonly KubeObject[]): string =>
  hashOf(
    objects
      .map((object) => [keyOf(object), object] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object),
  )
