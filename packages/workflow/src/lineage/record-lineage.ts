import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import { openLineageEvent, type LineageKind } from './open-lineage'

export interface LineageRecord {
  readonly projectId: string
  readonly projectName: string
  readonly workflowId: string
  readonly workflowName: string
  readonly runId: string
  readonly nominalTime?: Date
  readonly taskId: string
  readonly index: number
  readonly attempt: number
  readonly kind: LineageKind
  readonly at: Date
  /** URIs as they were rendered. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

type Tx = Pick<RawSql, '$executeRaw'>

export const recordLineage = (tx: Tx, record: LineageRecord): Promise<void> => recordLineages(tx, [record])

/**
 * Keeps what tasks declared, for our own graph (once they succeeded) and for the outside (each event), in the caller's
 * transaction: at most two statements however many there are. A task that declares nothing costs nothing.
 */
export async function recordLineages(tx: Tx, records: readonly LineageRecord[]): Promise<void> {
  const declared = records.filter(({ inputs, outputs }) => inputs.length + outputs.length > 0)
  if (declared.length === 0) return
  const edges = edgesOf(declared)
  if (edges.length > 0) await upsertEdges(tx, edges)
  const events = declared.map((record) => ({
    projectId: record.projectId,
    runId: record.runId,
    body: eventOf(record),
    at: record.at,
  }))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO workflow_outbox ("projectId", "runId", kind, body, "createdAt", "nextAt")
    SELECT "projectId", "runId", 'lineage', body, at, at
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      AS t("projectId" uuid, "runId" uuid, body jsonb, at timestamptz)`)
}

const eventOf = (record: LineageRecord) =>
  openLineageEvent({
    kind: record.kind,
    at: record.at,
    inputs: record.inputs,
    outputs: record.outputs,
    run: {
      id: record.runId,
      workflow: record.workflowName,
      project: record.projectName,
      nominalTime: record.nominalTime,
    },
    task: { id: record.taskId, index: record.index, attempt: record.attempt },
  })

interface Edge {
  readonly projectId: string
  readonly workflowId: string
  readonly taskId: string
  readonly dataset: string
  readonly direction: 'input' | 'output'
  readonly runId: string
  readonly at: Date
}

/** One row per key, in one order everywhere, so that two transactions never wait for each other in a circle. */
function edgesOf(records: readonly LineageRecord[]): Edge[] {
  const edges = new Map<string, Edge>()
  for (const record of records) {
    if (record.kind !== 'COMPLETE') continue
    const add = (dataset: string, direction: Edge['direction']): void => {
      const { projectId, workflowId, taskId, runId, at } = record
      edges.set([workflowId, taskId, dataset, direction].join('\n'), {
        projectId,
        workflowId,
        taskId,
        dataset,
        direction,
        runId,
        at,
      })
    }
    for (const input of record.inputs) add(input, 'input')
    for (const output of record.outputs) add(output, 'output')
  }
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge)
}

async function upsertEdges(tx: Tx, edges: readonly Edge[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO workflow_lineage ("projectId", "workflowId", "taskId", dataset, direction, "runId", at)
    SELECT "projectId", "workflowId", "taskId", dataset, direction, "runId", at
    FROM jsonb_to_recordset(${JSON.stringify(edges)}::jsonb)
      AS t("projectId" uuid, "workflowId" uuid, "taskId" text, dataset text, direction text, "runId" uuid, at timestamptz)
    ON CONFLICT ("workflowId", "taskId", dataset, direction)
      DO UPDATE SET "runId" = excluded."runId", at = excluded.at WHERE workflow_lineage.at <= excluded.at`)
}
