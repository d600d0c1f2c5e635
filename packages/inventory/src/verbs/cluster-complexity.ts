import type { ComplexityEvidence, ComplexityReport, ComplexityView } from '@fairlead/contracts/complexity'
import type { InventoryDb } from '@fairlead/db/views'
import { complexityOf } from '@fairlead/insight/complexity/audit'
import { room } from '@fairlead/kernel/door'
import { complexityInput } from '../complexity-input'
import { storedFacts } from '../stored-facts'
import { loadVisibility, type Visibility } from '../visible'
import { findCluster } from './find-cluster'

const trendDays = 90
const nothing: ComplexityReport = { score: 0, items: [], webhooks: [], unknown: [] }

/** Weights are of the whole cluster; names in namespaces that the viewer may not see stay unsaid. */
function visiblePart(report: ComplexityReport, clusterId: string, visibility: Visibility): ComplexityReport {
  if (visibility.all) return report
  const seen = (namespace: string): boolean => visibility.sees(clusterId, namespace)
  const hide = (evidence: readonly ComplexityEvidence[]): readonly ComplexityEvidence[] => {
    const shown = evidence.filter(({ namespace }) => namespace === null || seen(namespace))
    const hidden = evidence.length - shown.length
    const words = `${hidden} more in namespaces that you may not see`
    return hidden === 0 ? shown : [...shown, { namespace: null, words }]
  }
  return {
    ...report,
    items: report.items.map((item) => ({ ...item, evidence: hide(item.evidence) })),
    webhooks: report.webhooks.map((webhook) => ({
      ...webhook,
      namespaces: webhook.namespaces?.filter(seen) ?? null,
    })),
  }
}

export const clusterComplexity = (db: InventoryDb) =>
  room<InventoryDb>(db).query('cluster.complexity', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<ComplexityView> => {
      const { id, name } = await findCluster(context.db, context.actor, input)
      const [stored, visibility, cluster, samples] = await Promise.all([
        storedFacts(context.db, id),
        loadVisibility(context.db, context.actor),
        context.db.cluster.findUniqueOrThrow({ where: { id }, select: { budget: true } }),
        context.db.complexitySample.findMany({
          where: { clusterId: id },
          orderBy: { day: 'desc' },
          take: trendDays,
        }),
      ])
      const report =
        stored === null
          ? nothing
          : complexityOf(await complexityInput(context.db, { id, facts: stored.facts, now: context.now }))
      return {
        ...visiblePart(report, id, visibility),
        cluster: { id, name },
        budget: cluster.budget,
        at: stored?.at.toISOString() ?? null,
        trend: samples.reverse().map(({ day, score }) => ({ day: day.toISOString().slice(0, 10), score })),
      }
    },
  })

export const clusterSetBudget = (db: InventoryDb) =>
  room<InventoryDb>(db).command('cluster.setBudget', {
    scope: { kind: 'installation' },
    prepare: (context, input) => findCluster(context.db, context.actor, input),
    run: async (context, { budget }, { id, name }) => {
      await context.tx.cluster.update({ where: { id }, data: { budget }, select: { id: true } })
      context.subject({ kind: 'cluster', id, name })
      context.note({ budget })
      context.change({ topic: 'cluster', key: id, clusterId: id })
      return { done: true }
    },
  })
