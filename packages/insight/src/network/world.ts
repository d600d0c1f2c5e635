import type { NetworkRef } from '@fairlead/contracts/network'
import { namespaceOf, type Owner, type PlainObject } from './plain'
import { labelsOf } from './selector'

/** What may be known of a TLS Secret without its key. Times are ISO 8601. */
export interface TlsFacts {
  readonly namespace: string
  readonly name: string
  readonly type: string
  readonly keys: readonly string[]
  readonly certificate: {
    readonly notBefore: string
    readonly notAfter: string
    readonly names: readonly string[]
  } | null
}

export interface WorldInput {
  /** Objects of one cluster, of any kind; those that no rule reads are ignored. */
  readonly objects: readonly PlainObject[]
  readonly secrets: readonly TlsFacts[]
  /** Secrets that are known not to exist: `namespace/name`. All others that are not among `secrets` are unknown. */
  readonly missingSecrets: ReadonlySet<string>
  /** Kinds that are not known whole: nothing is concluded from the absence of one of them. */
  readonly unread: ReadonlySet<string>
  /** Namespaces that whoever asks may not see: what lies there is neither shown nor said to be missing. */
  hidden(namespace: string): boolean
  readonly now: Date
}

/** One cluster's objects, found by what the rules ask for. */
export interface World extends WorldInput {
  all(kind: string): readonly PlainObject[]
  find(kind: string, namespace: string | null, name: string): PlainObject | undefined
  inNamespace(kind: string, namespace: string): readonly PlainObject[]
  slicesOf(service: PlainObject): readonly PlainObject[]
  secretOf(namespace: string, name: string): TlsFacts | 'missing' | 'unknown'
  /** The controller above all: a Deployment's pods belong to it, whichever ReplicaSet made them. */
  workloadOf(pod: PlainObject): string
}

export const serviceNameLabel = 'kubernetes.io/service-name'
const none: readonly PlainObject[] = []
const placeOf = (kind: string, namespace: string | null, name: string): string =>
  `${kind}/${namespace ?? ''}/${name}`

export function createWorld(input: WorldInput): World {
  const byKind = new Map<string, PlainObject[]>()
  const byPlace = new Map<string, PlainObject>()
  const byNamespace = new Map<string, PlainObject[]>()
  const byUid = new Map<string, PlainObject>()
  const slices = new Map<string, PlainObject[]>()
  const put = (map: Map<string, PlainObject[]>, key: string, object: PlainObject): void => {
    const known = map.get(key)
    if (known === undefined) map.set(key, [object])
    else known.push(object)
  }
  for (const object of input.objects) {
    const { kind, metadata } = object
    put(byKind, kind, object)
    put(byNamespace, `${kind}/${namespaceOf(object)}`, object)
    byPlace.set(placeOf(kind, metadata.namespace ?? null, metadata.name), object)
    if (metadata.uid !== undefined) byUid.set(metadata.uid, object)
    const service = labelsOf(object)[serviceNameLabel]
    if (kind === 'EndpointSlice' && service !== undefined)
      put(slices, `${namespaceOf(object)}/${service}`, object)
  }
  const secrets = new Map(input.secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]))
  return {
    ...input,
    all: (kind) => byKind.get(kind) ?? none,
    find: (kind, namespace, name) => byPlace.get(placeOf(kind, namespace, name)),
    inNamespace: (kind, namespace) => byNamespace.get(`${kind}/${namespace}`) ?? none,
    slicesOf: (service) => slices.get(`${namespaceOf(service)}/${service.metadata.name}`) ?? none,
    secretOf: (namespace, name) => {
      const place = `${namespace}/${name}`
      return secrets.get(place) ?? (input.missingSecrets.has(place) ? 'missing' : 'unknown')
    },
    workloadOf: (pod) => topOwner(pod, byUid),
  }
}

const controllerOf = (object: PlainObject): Owner | undefined =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true)

function topOwner(pod: PlainObject, byUid: ReadonlyMap<string, PlainObject>): string {
  let words = 'pods without a controller'
  let owner = controllerOf(pod)
  // Three levels are the most that built-in kinds make; a ring of owners must not hang this.
  for (let level = 0; owner !== undefined && level < 3; level += 1) {
    const above = byUid.get(owner.uid)
    words = `${above?.kind ?? owner.kind} ${above?.metadata.name ?? owner.name}`
    owner = above === undefined ? undefined : controllerOf(above)
  }
  return words
}

export const refText = ({ kind, namespace, name }: NetworkRef): string =>
  `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`
