import { projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import type { FreezeDb } from '@fairlead/db/views'
import type { Seen } from './freeze-window-view'

/** Names of the projects that the actor sees, and of the clusters that these may use. */
export async function seenNames({ db, actor }: QueryContext<FreezeDb>): Promise<Seen> {
  const [projects, inventory] = [projectsWith(actor, 'project.view'), projectsWith(actor, 'inventory.view')]
  return {
    projects:
      projects === 'all'
        ? 'all'
        : new Set((await db.project.findMany({ where: { id: { in: projects } } })).map(({ name }) => name)),
    clusters: inventory === 'all' ? 'all' : await clusterNames(db, inventory),
  }
}

async function clusterNames(db: FreezeDb, projects: readonly string[]): Promise<ReadonlySet<string>> {
  const destinations = await db.destination.findMany({
    where: { projectId: { in: [...projects] } },
    select: { clusterId: true },
  })
  const ids = [...new Set(destinations.map(({ clusterId }) => clusterId))]
  const clusters = await db.cluster.findMany({ where: { id: { in: ids } }, select: { name: true } })
  return new Set(clusters.map(({ name }) => name))
}
