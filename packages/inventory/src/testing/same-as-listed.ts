import { addedKinds, optInKinds, watchedKindNames, watchedKinds } from '@fairlead/contracts/kinds'
import type { Database } from '@fairlead/db/database'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import { eventually } from './inventory-fixture'

/** Events are kept when their cluster forgets them; the others need not be there, or be permitted. */
const compared = watchedKindNames.filter(
  (kind) => kind !== 'Event' && !addedKinds.includes(kind) && !optInKinds.includes(kind),
)
const key = (uid: string | undefined, version: string | undefined): string => `${uid} ${version}`

/** Waits until what is stored of a cluster is, object for object and version for version, what a fresh list brings. */
export async function sameAsListed(admin: KubeClient, db: Database, clusterId: string): Promise<void> {
  for (const kind of compared)
    await eventually(`the same objects of kind ${kind}`, async () => {
      const live = await listObjects(admin, { apiVersion: watchedKinds[kind].apiVersion, kind })
      const stored = await db.inventoryObject.findMany({
        where: { clusterId, kind },
        select: { uid: true, resourceVersion: true },
      })
      const theirs = live.map(({ metadata }) => key(metadata.uid, metadata.resourceVersion)).sort()
      const ours = stored.map((row) => key(row.uid, row.resourceVersion)).sort()
      return theirs.join() === ours.join()
    })
}
