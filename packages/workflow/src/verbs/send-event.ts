import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { FairleadError } from '@fairlead/contracts/errors'
import crypto from 'node:crypto'
import type { VerbDeps } from '../workflow-deps'
import { findProject } from './find'
import { tellRun } from './lock-run'

/** Of one event, as JSON. */
const maxPayloadBytes = 256 * 1024

/** Keeps an event and wakes every run in which a task waits for one of its name; sent again under one key, nothing. */
export const sendEvent = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).command('event.send', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findProject(context, input.project)).id,
    }),
    prepare: (context, input) => findProject(context, input.project),
    run: async (context, input, project) => {
      const payload = storable(input.payload)
      const key = input.key ?? null
      const id = crypto.randomUUID()
      const created = await context.tx.$executeRaw(Prisma.sql`
        INSERT INTO workflow_events (id, "projectId", name, key, payload, "receivedAt")
        VALUES (${id}::uuid, ${project.id}::uuid, ${input.name}, ${key}, ${payload}::jsonb, ${context.now})
        ON CONFLICT ("projectId", name, key) DO NOTHING`)
      context.note({ name: input.name, key, created: created > 0 })
      if (created === 0) {
        const earlier = await context.tx.workflowEvent.findFirst({
          where: { projectId: project.id, name: input.name, key },
          select: { id: true },
        })
        const kept = earlier?.id ?? id
        context.subject({ kind: 'event', id: kept, name: input.name })
        return { id: kept, created: false }
      }
      context.subject({ kind: 'event', id, name: input.name })
      for (const run of await wakeWaiting(context.tx, project.id, input.name, context.now))
        tellRun(context, run)
      return { id, created: true }
    },
  })

function storable(payload: unknown): string {
  const text = JSON.stringify(payload) ?? 'null'
  const bytes = Buffer.byteLength(text)
  if (bytes > maxPayloadBytes)
    throw new FairleadError('too_large', 'The payload of an event is too large.', {
      path: 'payload',
      found: `${bytes} bytes`,
      expected: `at most ${maxPayloadBytes} bytes`,
    })
  // Postgres keeps neither NUL nor half a surrogate pair in JSON; JSON.stringify writes both as escapes.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text))
    throw new FairleadError('invalid', 'The payload holds characters that cannot be kept.', {
      path: 'payload',
      found: 'NUL or half a character',
      expected: 'text',
    })
  return text
}

interface WaitingRun {
  readonly id: string
  readonly workflowId: string
  readonly projectId: string
}

/** Runs are locked in the order of their ids, so that two events never wait for one another. */
async function wakeWaiting(
  tx: WorkflowTx,
  projectId: string,
  name: string,
  now: Date,
): Promise<readonly WaitingRun[]> {
  const waiting = Prisma.sql`
    t.state = 'deferred' AND t.pending->>'kind' = 'event' AND t.pending->>'name' = ${name}`
  const runs = await tx.$queryRaw<WaitingRun[]>(Prisma.sql`
    SELECT r.id, r."workflowId", r."projectId" FROM workflow_runs r
    WHERE r."projectId" = ${projectId}::uuid AND r.state = 'running'
      AND EXISTS (SELECT 1 FROM workflow_tasks t WHERE t."runId" = r.id AND ${waiting})
    ORDER BY r.id FOR UPDATE`)
  const ids = runs.map(({ id }) => id)
  if (ids.length === 0) return []
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_runs SET version = version + 1, "checkAt" = ${now} WHERE id = ANY(${ids}::uuid[])`)
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks t SET dirty = TRUE WHERE t."runId" = ANY(${ids}::uuid[]) AND ${waiting}`)
  return runs
}
