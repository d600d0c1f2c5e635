import type { CustomKind } from '@fairlead/contracts/custom-objects'
import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'
import { kubeObjectSchema, type KubeObject } from './kube-object'
import type { CallOptions } from './objects'
import { compareVersions } from './version-priority'

const definitions = { apiVersion: 'apiextensions.k8s.io/v1', plural: 'customresourcedefinitions' }
const definitionSchema = z.object({
  spec: z.object({
    group: z.string(),
    scope: z.string(),
    names: z.object({ kind: z.string(), plural: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
})

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  }
}

/** null when the cluster has no such definition, or one that it serves in no version. */
export async function readCustomKind(
  client: KubeClient,
  definition: string,
  options: CallOptions = {},
): Promise<CustomKind | null> {
  const path = resourcePath(definitions.apiVersion, definitions.plural, { name: definition })
  const body = await orNull(client.json({ path, signal: options.signal }))
  if (body === null) return null
  return customKindOf(definition, body)
}

/** What it defines in the version that kubectl would take. Pure. */
export function customKindOf(definition: string, body: unknown): CustomKind | null {
  const parsed = definitionSchema.safeParse(body)
  if (!parsed.success)
    throw new FairleadError('unavailable', `The API server did not answer with the definition ${definition}`)
  const { spec } = parsed.data
  const served = spec.versions.filter((version) => version.served).map(({ name }) => name)
  const [version, ...otherVersions] = served.sort(compareVersions)
  // The server holds both together; whoever answers otherwise would have us read something else.
  if (version === undefined || `${spec.names.plural}.${spec.group}` !== definition) return null
  return {
    definition,
    kind: spec.names.kind,
    group: spec.group,
    version,
    plural: spec.names.plural,
    namespaced: spec.scope === 'Namespaced',
    otherVersions,
  }
}

export const apiVersionOf = ({ group, version }: CustomKind): string => `${group}/${version}`

/** null when it does not exist. What comes back is of that kind, or refused: nothing else can leave by this way. */
export async function getCustomObject(
  client: KubeClient,
  kind: CustomKind,
  ref: {
    readonly namespace: string | null
    readonly name: string
    readonly signal?: AbortSignal | undefined
  },
): Promise<KubeObject | null> {
  const path = resourcePath(apiVersionOf(kind), kind.plural, { namespace: ref.namespace, name: ref.name })
  const body = await orNull(client.json({ path, signal: ref.signal }))
  if (body === null) return null
  const object = kubeObjectSchema.parse(body)
  if (object.apiVersion !== apiVersionOf(kind) || object.kind !== kind.kind)
    throw new FairleadError(
      'cluster_refused',
      `The API server answered with something else than ${kind.kind}`,
      {
        found: `${object.apiVersion} ${object.kind}`.slice(0, 200),
        expected: `${apiVersionOf(kind)} ${kind.kind}`,
      },
    )
  return object
}
