import type { ScheduleSpec, WorkflowDocument } from '@fairlead/contracts/workflow-document'
import type { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import crypto from 'node:crypto'
import { scheduleAfterApply } from '../calendar/schedule-state'
import type { CompiledWorkflow } from '../definition/compiled'
import { parseWorkflow } from '../definition/parse-workflow'
import type { VerbDeps } from '../workflow-deps'
import { destinationProblems } from './destination-problems'
import { documentError } from '@fairlead/documents/document-error'
import { findProject } from './find'
import { lockWorkflow, type LockedWorkflow } from './lock-workflow'

interface Input {
  readonly document: string
  readonly file?: string | undefined
}
interface Read {
  readonly document: WorkflowDocument
  readonly compiled: CompiledWorkflow
}

const fileOf = ({ file }: Input): string => file ?? 'workflow.yaml'

/** Scope, preparation and work of one call see the same input: it is read once. */
const readings = new WeakMap<Input, Read>()
function read(input: Input): Read {
  const known = readings.get(input)
  if (known !== undefined) return known
  const parsed = parseWorkflow(input.document)
  if (!parsed.ok) throw documentError(parsed.problems, fileOf(input))
  readings.set(input, parsed)
  return parsed
}

/** Creates a workflow, or a new version of it; the same document again changes nothing. Runs keep their versions. */
export const applyWorkflow = (deps: VerbDeps) =>
  room<WorkflowDb>(deps.db).command('workflow.apply', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findProject(context, read(input).compiled.project)).id,
    }),
    prepare: async (context, input) => {
      const { compiled } = read(input)
      const project = await findProject(context, compiled.project)
      const problems = destinationProblems(compiled, input.document, await deps.destinationsOf(project.id))
      if (problems.length > 0) throw documentError(problems, fileOf(input))
      return { ...read(input), projectId: project.id }
    },
    run: async (context, input, { document, compiled, projectId }) => {
      const { tx, now } = context
      const { workflow, created } = await lockOrCreate(tx, projectId, compiled.name, now)
      context.subject({ kind: 'workflow', id: workflow.id, name: workflow.name })
      const digest = digestOf(input.document)
      const current = await currentVersion(tx, workflow)
      if (current?.digest === digest) {
        context.note({ version: workflow.versionNumber, changed: false })
        return { id: workflow.id, version: workflow.versionNumber, created: false, changed: false }
      }
      const version = await addVersion(context, workflow, { source: input.document, document, digest })
      const { description, limits } = document.spec
      const schedule = scheduleAfterApply({
        schedule: compiled.schedule,
        previous: current === null ? null : scheduleIn(current.source),
        scheduledTo: workflow.scheduledTo,
        paused: workflow.paused,
        now,
      })
      await tx.workflow.update({
        where: { id: workflow.id },
        data: {
          description,
          maxActiveRuns: limits.maxActiveRuns,
          versionId: version.id,
          versionNumber: version.number,
          updatedAt: now,
          ...schedule,
        },
      })
      context.note({ version: version.number, digest, created })
      context.change({ topic: 'workflow', key: workflow.id, projectId })
      return { id: workflow.id, version: version.number, created, changed: true }
    },
  })

/** Line ends and blank lines at the end are no change. */
const digestOf = (source: string): string =>
  crypto.createHash('sha256').update(source.replaceAll('\r\n', '\n').trimEnd()).digest('hex')

function scheduleIn(source: string): ScheduleSpec | null {
  const parsed = parseWorkflow(source)
  return parsed.ok ? parsed.compiled.schedule : null
}

async function lockOrCreate(
  tx: WorkflowTx,
  projectId: string,
  name: string,
  now: Date,
): Promise<{ workflow: LockedWorkflow; created: boolean }> {
  const inserted = await tx.workflow.createMany({
    data: [{ projectId, name, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  })
  const row = await tx.workflow.findUnique({
    where: { projectId_name: { projectId, name } },
    select: { id: true },
  })
  if (row === null) throw notFound('workflow')
  return { workflow: await lockWorkflow(tx, row.id), created: inserted.count > 0 }
}

const currentVersion = (tx: WorkflowTx, { versionId }: LockedWorkflow) =>
  versionId === null
    ? null
    : tx.workflowVersion.findUnique({ where: { id: versionId }, select: { digest: true, source: true } })

async function addVersion(
  { tx, actor, now }: CommandContext<WorkflowDb>,
  workflow: LockedWorkflow,
  text: { readonly source: string; readonly digest: string; readonly document: WorkflowDocument },
): Promise<{ id: string; number: number }> {
  return tx.workflowVersion.create({
    data: {
      ...text,
      document: text.document as unknown as Prisma.InputJsonObject,
      workflowId: workflow.id,
      number: workflow.versionNumber + 1,
      authorId: actor.id,
      authorName: actor.name,
      createdAt: now,
    },
    select: { id: true, number: true },
  })
}
