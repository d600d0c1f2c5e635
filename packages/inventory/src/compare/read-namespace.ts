import { comparedKinds, type ComparedKind } from '@fairlead/contracts/comparison'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import { optInKinds, watchedKinds } from '@fairlead/contracts/kinds'
import { labelKeys } from '@fairlead/contracts/labels'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import { withoutValues, type Comparable } from '@fairlead/insight/compare/without-nature'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { getObject, readObjects } from '@fairlead/kube/objects'

/** Objects of one side; more would not fit a page, nor be read on it. */
export const mostObjects = 500

/** A kind of one namespace: what was read of it, or why it was not. */
export type KindRead =
  | { readonly state: 'read'; readonly objects: readonly Comparable[] }
  | { readonly state: 'denied'; readonly words: string }
export type NamespaceRead = ReadonlyMap<ComparedKind, KindRead>

interface Wanted {
  readonly cluster: string
  readonly namespace: string
  readonly application: string | undefined
  readonly signal: AbortSignal | undefined
}

const codeOf = (error: unknown): string | null => (error instanceof FairleadError ? error.code : null)

/** Every namespace has these, and nobody wrote them. */
const givenNames: Readonly<Partial<Record<ComparedKind, readonly string[]>>> = {
  ConfigMap: ['kube-root-ca.crt'],
  ServiceAccount: ['default'],
}
/** Secrets that controllers keep for themselves, under names of their own each time. */
const givenTypes = ['kubernetes.io/service-account-token', 'helm.sh/release.v1']

const isGiven = (kind: ComparedKind, object: Comparable, namespace: string): boolean =>
  givenNames[kind]?.includes(object.metadata.name) === true ||
  (kind === 'Secret' && givenTypes.includes(textIn(object['type']))) ||
  (kind === 'Service' &&
    namespace === 'default' &&
    textIn(recordIn(object.metadata['labels'])['provider']) === 'kubernetes')

interface Refused {
  readonly error: unknown
  readonly asked: Pick<KubeClient, 'principal'>
}

const wordsOf = (kind: ComparedKind, cluster: string, { error, asked }: Refused): string =>
  optInKinds.includes(kind) && asked.principal === null
    ? `${kind} of ${cluster}: its owner allows no list of them (infra/rbac/fairlead-console-secrets.yaml)`
    : `${kind} of ${cluster}: ${messageOf(error)}`

/** What may not be listed is left out; what the cluster does not serve is not there. The rest is an error. */
async function readKind(client: KubeClient, kind: ComparedKind, wanted: Wanted): Promise<KindRead> {
  const { namespace, application, signal } = wanted
  const { apiVersion } = watchedKinds[kind]
  try {
    const objects = await readObjects<Comparable>(
      client,
      { apiVersion, kind },
      {
        namespace,
        signal,
        most: mostObjects,
        labelSelector: application === undefined ? undefined : `${labelKeys.application}=${application}`,
        // Values of Secrets end here.
        read: (object) => (kind === 'Secret' ? withoutValues(object) : object),
      },
    )
    return { state: 'read', objects: objects.filter((object) => !isGiven(kind, object, namespace)) }
  } catch (error) {
    if (codeOf(error) === 'not_found') return { state: 'read', objects: [] }
    if (codeOf(error) !== 'cluster_denied') throw error
    return { state: 'denied', words: wordsOf(kind, wanted.cluster, { error, asked: client }) }
  }
}

/** A namespace that is not there would look like one from which everything is missing. */
async function assertThere(client: KubeClient, { cluster, namespace, signal }: Wanted): Promise<void> {
  const found = await getObject(
    client,
    { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    { signal },
  ).catch((error: unknown) => {
    if (codeOf(error) === 'cluster_denied') return 'unknown'
    throw error
  })
  if (found === null)
    throw new FairleadError('not_found', `The cluster ${cluster} has no namespace ${namespace}.`, {
      found: `${cluster}/${namespace}`,
    })
}

/** What people wrote into a namespace, as it is now; an error names the cluster that gave none. */
export async function readNamespace(open: () => Promise<KubeClient>, wanted: Wanted): Promise<NamespaceRead> {
  try {
    const client = await open()
    await assertThere(client, wanted)
    const read = await Promise.all(
      comparedKinds.map(async (kind) => [kind, await readKind(client, kind, wanted)] as const),
    )
    return new Map(read)
  } catch (error) {
    if (!(error instanceof FairleadError) || error.code === 'not_found') throw error
    throw new FairleadError(
      error.code,
      `The cluster ${wanted.cluster} can't be compared now: ${error.message}`,
      error.detail,
      { cause: error },
    )
  }
}
