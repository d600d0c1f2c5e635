import type { DrainPlan } from '@fairlead/contracts/hands'
import { FairleadError } from '@fairlead/contracts/errors'
import type { HandsDb, HandsTx } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import { room } from '@fairlead/kernel/door'
import type { HandsDeps } from '../hands-deps'
import { storedPrincipal } from '../drain/drain-row'
import { actedAs } from './acted-as'
import { assertOpen } from './assert-open'
import { assertConfirmed, touchedCluster } from './hand-target'
import { nodeScope } from './node-cordon'
import { drainPlan } from './node-plan-drain'

/**
 * Writes the intent; drain/reconcile.ts does it, and goes on with it whoever is killed: in the name of whoever asked, with
 * the groups that they had then.
 */
export const nodeDrain = ({ db, clusters, freeze }: HandsDeps) =>
  room<HandsDb>(db).command('node.drain', {
    scope: nodeScope,
    prepare: async (context, input) => {
      const cluster = await touchedCluster({ db }, input.cluster)
      const where = `${cluster.name}/${input.name}`
      context.subject({ kind: 'Node', id: where, name: where })
      assertConfirmed(cluster, input)
      const client = await clusters.clientFor(input.cluster, context.actor)
      context.note(actedAs(client))
      const plan = await drainPlan(client, input, context.signal)
      context.subject({ kind: 'Node', id: plan.uid, name: where })
      context.note({ cluster: cluster.name, object: input.name, ...plan.counts })
      await assertOpen({ freeze }, context, {
        action: 'drain',
        cluster: cluster.id,
        namespace: null,
        application: undefined,
      })
      assertStartable(plan)
      return { plan, principal: client.principal }
    },
    run: async (context, input, { plan, principal }) => {
      const { tx, actor, now } = context
      const { cluster, name, emptyDir, unmanaged, gracePeriodSeconds, timeoutSeconds } = input
      const options = {
        emptyDir,
        unmanaged,
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
      }
      context.note({ ...options, timeoutSeconds })
      await assertAlone(tx, { cluster, node: name })
      const { id } = await tx.drain.create({
        data: {
          clusterId: cluster,
          node: name,
          nodeUid: plan.uid,
          message: 'Not started yet.',
          options,
          requesterId: actor.id,
          requesterName: actor.name,
          ...(principal === null ? {} : { principal: storedPrincipal(principal) }),
          checkAt: now,
          createdAt: now,
          deadlineAt: new Date(now.getTime() + timeoutSeconds * 1_000),
        },
        select: { id: true },
      })
      context.note({ drain: id })
      context.change({ topic: 'drain', key: id, clusterId: cluster })
      context.ring({ doorbell: 'drain', key: id })
      return { id }
    },
  })

function assertStartable(plan: DrainPlan): void {
  const refused = plan.pods.filter(({ step }) => step === 'refuse')
  const [first] = refused
  if (first === undefined) return
  const more = refused.length > 1 ? ` And ${refused.length - 1} more.` : ''
  throw new FairleadError('conflict', `${first.namespace}/${first.name}: ${first.reason}${more}`, {
    found: `${refused.length} pods that a drain does not take along by itself`,
    remedy: 'Take them along (emptyDir, unmanaged), or move them first.',
  })
}

/** The lock is the cluster's and node's own, so that two clicks at once are one drain. */
async function assertAlone(tx: HandsTx, { cluster, node }: { cluster: string; node: string }): Promise<void> {
  await tx.$executeRaw(
    Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`drain ${cluster} ${node}`}, 0))`,
  )
  const running = await tx.drain.findFirst({ where: { clusterId: cluster, node, state: 'running' } })
  if (running !== null)
    throw new FairleadError('conflict', `${running.requesterName} is draining ${node} already.`)
}
