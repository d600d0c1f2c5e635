import type { WatchedKind } from '@fairlead/contracts/kinds'
import type { LiveChange } from '@fairlead/contracts/live'
import { holds } from '@fairlead/contracts/permissions'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import type { LiveOptions } from '../trpc'
import type { FeedChange, LiveFeedDeps, ResolvedChange, VisibleInventory } from './live-feed-deps'

type Projects = 'all' | ReadonlySet<string>

/** What one actor may see of the change log, worked out once and checked against every change. */
export interface Visibility {
  readonly inventory: VisibleInventory
  readonly projects: Projects
  readonly audit: Projects
  readonly people: boolean
  readonly tokens: boolean
}

export const visibilityOf = async (
  deps: Pick<LiveFeedDeps, 'inventoryOf'>,
  actor: Actor,
): Promise<Visibility> => ({
  inventory: await deps.inventoryOf(actor),
  projects: setOf(projectsWith(actor, 'project.view')),
  audit: setOf(projectsWith(actor, 'audit.view')),
  people: holds(actor.memberships, 'people.manage', { kind: 'any' }),
  tokens: holds(actor.memberships, 'token.manage', { kind: 'any' }),
})

const setOf = (ids: 'all' | readonly string[]): Projects => (ids === 'all' ? 'all' : new Set(ids))
const among = (projects: Projects, id: string | null): boolean =>
  projects === 'all' || (id !== null && projects.has(id))

interface Viewer {
  readonly actor: Actor
  readonly options: Pick<LiveOptions, 'objects'>
}

/** The change as the browser gets it, or null where it is none of the viewer's business. */
export function visibleChange(
  visibility: Visibility,
  viewer: Viewer,
  change: ResolvedChange,
): LiveChange | null {
  if (change.topic === 'object') return objectChange(visibility, viewer.options.objects, change)
  return maySee(visibility, viewer.actor, change) ? { topic: change.topic, key: change.key } : null
}

function maySee(visibility: Visibility, actor: Actor, change: FeedChange): boolean {
  switch (change.topic) {
    case 'object':
      return false
    case 'inventory':
    case 'cluster':
    case 'drain':
      return visibility.inventory.seesCluster(change.clusterId ?? change.key)
    case 'application':
    case 'rollout':
    case 'approval':
    case 'workflow':
    case 'run':
      return among(visibility.projects, change.projectId)
    case 'project':
      return among(visibility.projects, change.projectId ?? change.key)
    case 'people':
      return visibility.people || change.key === actor.id
    case 'freeze':
      // It says only that windows or exceptions changed: what of them this viewer sees, the query decides.
      return true
    case 'token':
      return visibility.tokens
    case 'audit':
      return among(visibility.audit, change.projectId)
  }
}

function objectChange(
  visibility: Visibility,
  objects: LiveOptions['objects'],
  change: ResolvedChange,
): LiveChange | null {
  const { key, clusterId, kind, namespace, op, row } = change
  if (objects === undefined || clusterId === null || kind === null) return null
  if (!objects.kinds.includes(kind)) return null
  if (objects.clusters.length > 0 && !objects.clusters.includes(clusterId)) return null
  if (objects.namespace !== undefined && namespace !== null && namespace !== objects.namespace) return null
  if (!visibility.inventory.sees(clusterId, namespace)) return null
  const about = { topic: 'object', uid: key, clusterId, kind: kind as WatchedKind } as const
  // Gone since the change was written: what follows in the log will say so too.
  return op === 'delete' || row === null ? { ...about, op: 'delete' } : { ...about, op: 'upsert', row }
}
