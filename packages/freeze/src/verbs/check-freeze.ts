import type { FreezeDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import type { FreezeDeps } from '../freeze-deps'
import { freezeGate } from '../gate'

/** The question that a dialog asks before a person types; whoever acts is asked again then. */
export const checkFreeze = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('freeze.check', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      await assertSeen(context, input)
      const { action, cluster, namespace, application } = input
      const label = application === null ? null : { label: application }
      return freezeGate(context.db).ask(
        { action, clusterId: cluster, namespace, application: label },
        context.now,
      )
    },
  })

interface Place {
  readonly cluster: string
  readonly namespace: string | null
}

async function assertSeen(
  { db, actor }: Pick<QueryContext<FreezeDb>, 'db' | 'actor'>,
  { cluster, namespace }: Place,
): Promise<void> {
  const projects = projectsWith(actor, 'inventory.view')
  const found =
    projects === 'all'
      ? await db.cluster.findUnique({ where: { id: cluster }, select: { id: true } })
      : await db.destination.findFirst({
          where: {
            clusterId: cluster,
            projectId: { in: projects },
            ...(namespace === null ? {} : { namespace: { in: ['*', namespace] } }),
          },
        })
  if (found === null) throw notFound('cluster')
}
