import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb, InventoryTx } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import { partsOfIdentity } from '@fairlead/kube/cluster-identity'
import { room } from '@fairlead/kernel/door'
import type { ClusterConnections } from '../connections'
import { sealConnection } from '../credential'
import { namesOf } from '../namespace-names'
import { reachCluster } from './reach-cluster'

const colours = 8
/** Two registrations at once must not both find a name, an identity or a colour free. */
const registrationLock = 4_702_112

/** The identity colour that the fewest clusters wear. */
async function nextColour(tx: InventoryTx): Promise<number> {
  const worn = await tx.cluster.groupBy({ by: ['colour'], _count: true })
  const count = (colour: number): number => worn.find((row) => row.colour === colour)?._count ?? 0
  return Array.from({ length: colours }, (_, colour) => colour).reduce((best, colour) =>
    count(colour) < count(best) ? colour : best,
  )
}

async function assertNew(tx: InventoryTx, wanted: { name: string; uid: string }): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(${registrationLock})`)
  const [known] = await tx.cluster.findMany({
    where: {
      OR: [
        ...partsOfIdentity(wanted.uid).map((part) => ({ uid: { contains: part } })),
        { name: wanted.name },
      ],
    },
    orderBy: { name: 'asc' },
    select: { name: true, uid: true },
  })
  if (known === undefined) return
  const same = partsOfIdentity(wanted.uid).some((part) => known.uid.includes(part))
  throw new FairleadError(
    'conflict',
    same
      ? `This cluster is registered already, as ${known.name}.`
      : `There is a cluster named ${known.name} already.`,
    { path: same ? 'uid' : 'name', found: known.name },
  )
}

/** Registration needs the right on the whole installation, so naming the cluster that is in the way shows nothing new. */
export const clusterRegister = (db: InventoryDb, cipher: Cipher, connections: ClusterConnections) =>
  room<InventoryDb>(db).command('cluster.register', {
    scope: { kind: 'installation' },
    prepare: ({ actor }, input) =>
      reachCluster(connections, actor, {
        access: input,
        environment: input.environment,
        scope: { namespaces: namesOf(input.namespaces), identity: null },
      }),
    run: async (context, input, { connection, uid, version, missingRights }) => {
      const { tx } = context
      await assertNew(tx, { name: input.name, uid })
      const id = crypto.randomUUID()
      await tx.cluster.create({
        data: {
          id,
          name: input.name,
          uid,
          environment: input.environment,
          namespaces: [...namesOf(input.namespaces)],
          labels: input.labels,
          colour: await nextColour(tx),
          server: connection.server,
          version,
        },
      })
      await tx.clusterCredential.create({
        data: {
          clusterId: id,
          kind: connection.auth.kind,
          version: 1,
          sealed: sealConnection(cipher, connection, { clusterId: id, version: 1 }),
        },
      })
      context.subject({ kind: 'cluster', id, name: input.name })
      context.note({
        server: connection.server,
        credential: connection.auth.kind,
        uid,
        environment: input.environment,
        ...(input.namespaces.length === 0 ? {} : { namespaces: namesOf(input.namespaces) }),
        missingRights,
      })
      context.change({ topic: 'cluster', key: id, clusterId: id })
      context.ring({ doorbell: 'cluster', key: id })
      return { id }
    },
  })
