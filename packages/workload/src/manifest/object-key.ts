import type { KubeObject } from '@fairlead/kube/kube-object'

export interface ObjectIdentity {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
}

export const identityOf = (object: KubeObject): ObjectIdentity => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  namespace: object.metadata.namespace ?? null,
  name: object.metadata.name,
})

/** One string per object, as a JSON key: `apps/v1|Deployment|shop|cart`. None of the parts may hold a bar. */
export const objectKey = (identity: ObjectIdentity): string =>
  [identity.apiVersion, identity.kind, identity.namespace ?? '', identity.name].join('|')

export const keyOf = (object: KubeObject): string => objectKey(identityOf(object))

export function identityOfKey(key: string): ObjectIdentity {
  const [apiVersion = '', kind = '', namespace = '', name = ''] = key.split('|')
  return { apiVersion, kind, namespace: namespace === '' ? null : namespace, name }
}

/** Two API versions of one kind are one object: `apps/v1` and `apps/v1beta1` share a name. */
export const sameObject = (left: ObjectIdentity, right: ObjectIdentity): boolean =>
  left.kind === right.kind &&
  left.namespace === right.namespace &&
  left.name === right.name &&
  groupOf(left.apiVersion) === groupOf(right.apiVersion)

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''

/** `Deployment cart` */
export const wordsOf = (identity: Pick<ObjectIdentity, 'kind' | 'name'>): string =>
  `${identity.kind} ${identity.name}`
