import type { PlainObject } from '@fairlead/insight/network/plain'
import { tlsSecretsOf, type SecretName } from '@fairlead/insight/network/tls-secrets'
import type { TlsFacts } from '@fairlead/insight/network/world'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { getObject } from '@fairlead/kube/objects'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { secretFacts, type SecretSummary } from '../summarize/config'

export interface KnownSecrets {
  readonly secrets: readonly TlsFacts[]
  /** `namespace/name` of those that are known not to exist. */
  readonly missingSecrets: ReadonlySet<string>
}

export const noSecrets: KnownSecrets = { secrets: [], missingSecrets: new Set() }
const placeOf = ({ namespace, name }: SecretName): string => `${namespace}/${name}`

export function secretsNamed(
  objects: readonly PlainObject[],
  hidden: (namespace: string) => boolean,
): readonly SecretName[] {
  const named = objects.flatMap(tlsSecretsOf).filter(({ namespace }) => !hidden(namespace))
  return [...new Map(named.map((secret) => [placeOf(secret), secret])).values()]
}

/** From the inventory, where this cluster's Secrets are watched. */
export async function storedSecrets(
  db: Pick<InventoryDb, '$queryRaw'>,
  clusterId: string,
  names: readonly SecretName[],
): Promise<KnownSecrets> {
  if (names.length === 0) return noSecrets
  const rows = await db.$queryRaw<(SecretName & { summary: SecretSummary })[]>(Prisma.sql`
    SELECT o.namespace, o.name, o.summary FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = 'Secret'
      AND (o.namespace || '/' || o.name) = ANY(${names.map(placeOf)})`)
  const secrets = rows.map(({ namespace, name, summary }) => ({ namespace, name, ...summary }))
  const found = new Set(secrets.map(placeOf))
  return { secrets, missingSecrets: new Set(names.map(placeOf).filter((place) => !found.has(place))) }
}

/** At most this many are asked for on one page. */
const mostAsked = 20

/**
 * One by one from the API server, where they are not watched: the console may get a Secret by name. Key and certificate
 * end here; what can't be asked stays unknown.
 */
export async function liveSecrets(
  client: KubeClient,
  names: readonly SecretName[],
  signal?: AbortSignal,
): Promise<KnownSecrets> {
  const asked = await Promise.all(
    names.slice(0, mostAsked).map(async (name) => {
      try {
        const object = await getObject(client, { apiVersion: 'v1', kind: 'Secret', ...name }, { signal })
        return { name, facts: object === null ? null : secretFacts(object) }
      } catch {
        return undefined
      }
    }),
  )
  const answered = asked.filter((answer) => answer !== undefined)
  return {
    secrets: answered.flatMap(({ name, facts }) => (facts === null ? [] : [{ ...name, ...facts }])),
    missingSecrets: new Set(answered.filter(({ facts }) => facts === null).map(({ name }) => placeOf(name))),
  }
}
