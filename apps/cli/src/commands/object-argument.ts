import { FairleadError } from '@fairlead/contracts/errors'
import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { ClusterId } from '@fairlead/contracts/ids'
import { kindOfWord, watchedKinds, type ObjectRow, type WatchedKind } from '@fairlead/contracts/inventory'
import type { CommandContext } from './command-context'

export interface ObjectOptions {
  readonly cluster: string
  readonly namespace: string
}

export interface FoundObject {
  readonly cluster: ClusterIdentity
  readonly row: ObjectRow
}

/** `deploy/web` or `deploy web`, as kubectl takes them. */
export function kindAndName(word: string, name: string | undefined): { kind: WatchedKind; name: string } {
  const [kindWord = '', slashed] = word.split('/')
  const kind = kindOfWord(kindWord)
  const named = name ?? slashed
  if (kind === undefined)
    throw new FairleadError('invalid', `"${kindWord}" is not a kind that Fairlead watches.`, {
      expected: Object.keys(watchedKinds).join(', '),
    })
  if (named === undefined || named === '')
    throw new FairleadError('invalid', 'The name is missing.', { expected: `${word}/NAME` })
  return { kind, name: named }
}

/** Where an object is, as the server is asked for it, and its cluster. */
export async function placeOfArgument(
  { api }: CommandContext,
  { kind, name }: { readonly kind: WatchedKind; readonly name: string },
  options: ObjectOptions,
) {
  const { cluster } = await api.cluster.get.query({ cluster: options.cluster })
  const namespace = watchedKinds[kind].namespaced ? options.namespace : null
  return { cluster, ref: { cluster: cluster.id as ClusterId, kind, namespace, name } }
}

/** The object as Fairlead last saw it: its cluster, and the UID that a command is bound to. */
export async function findObject(
  context: CommandContext,
  wanted: { readonly kind: WatchedKind; readonly name: string },
  options: ObjectOptions,
): Promise<FoundObject> {
  const { cluster, ref } = await placeOfArgument(context, wanted, options)
  const { row } = await context.api.workload.get.query(ref)
  return { cluster, row }
}

export const refOf = ({ row }: FoundObject) => ({
  cluster: row.clusterId as ClusterId,
  kind: row.kind,
  namespace: row.namespace,
  name: row.name,
})

export const placeOf = ({ cluster, row }: FoundObject): string =>
  [cluster.name, ...(row.namespace === null ? [] : [row.namespace]), row.name].join('/')
