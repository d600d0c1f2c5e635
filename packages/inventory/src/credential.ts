import { FairleadError } from '@fairlead/contracts/errors'
import { eksAccessSchema } from '@fairlead/contracts/cluster-access'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { ClusterConnection } from '@fairlead/kube/kube-client'
import { z } from 'zod'

const connectionSchema = z.object({
  server: z.string(),
  caPem: z.string().nullable(),
  tlsServerName: z.string().optional(),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), token: z.string() }),
    z.object({ kind: z.literal('certificate'), certPem: z.string(), keyPem: z.string() }),
    z.object({ kind: z.literal('in-cluster') }),
    eksAccessSchema.safeExtend({ kind: z.literal('eks'), sessionName: z.string() }),
  ]),
  insecureSkipTlsVerify: z.boolean(),
})

/** A box opened for another cluster, or for an earlier version of the same, is refused. */
const contextOf = (clusterId: string, version: number): string => `cluster/${clusterId}/connection/${version}`

export const sealConnection = (
  cipher: Cipher,
  connection: ClusterConnection,
  place: { readonly clusterId: string; readonly version: number },
): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(connection), contextOf(place.clusterId, place.version))

export function openConnection(
  cipher: Cipher,
  sealed: Uint8Array,
  place: { readonly clusterId: string; readonly version: number },
): ClusterConnection {
  const text = cipher.open(sealed, contextOf(place.clusterId, place.version))
  // Errors of the parser quote what they parse: this one must say nothing of it.
  const parsed = connectionSchema.safeParse(JSON.parse(text))
  if (!parsed.success)
    throw new FairleadError('internal', 'A stored credential has a form that this version does not know.')
  const { tlsServerName, ...rest } = parsed.data
  return tlsServerName === undefined ? rest : { ...rest, tlsServerName }
}
