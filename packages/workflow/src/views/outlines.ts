import type { ScheduleSpec } from '@fairlead/contracts/workflow-document'
import type { WorkflowDb } from '@fairlead/db/views'
import { parseWorkflow } from '../definition/parse-workflow'
import { fixedClusters } from './fixed-clusters'

/** What lists and the calendar show of a definition; small, so that many are kept. */
export interface VersionOutline {
  readonly schedule: ScheduleSpec | null
  readonly tasks: number
  readonly clusters: readonly string[]
}

export interface Outlines {
  /** One statement for all that weren't read before. */
  of(versionIds: readonly string[]): Promise<ReadonlyMap<string, VersionOutline>>
}

const kept = 20_000
const unreadable: VersionOutline = { schedule: null, tasks: 0, clusters: [] }

export function createOutlines(db: Pick<WorkflowDb, 'workflowVersion'>): Outlines {
  const known = new Map<string, VersionOutline>()
  return {
    of: async (versionIds) => {
      const missing = versionIds.filter((id) => !known.has(id))
      const rows =
        missing.length === 0
          ? []
          : await db.workflowVersion.findMany({
              where: { id: { in: missing } },
              select: { id: true, source: true },
            })
      const read = new Map(rows.map(({ id, source }) => [id, outlineOf(source)]))
      const found = new Map(versionIds.map((id) => [id, known.get(id) ?? read.get(id) ?? unreadable]))
      if (known.size + read.size > kept) known.clear()
      for (const [id, outline] of read) known.set(id, outline)
      return found
    },
  }
}

function outlineOf(source: string): VersionOutline {
  const parsed = parseWorkflow(source)
  if (!parsed.ok) return unreadable
  const { schedule, order } = parsed.compiled
  return { schedule, tasks: order.length, clusters: fixedClusters(parsed.compiled) }
}
