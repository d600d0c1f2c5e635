import { readDocumentText } from '@fairlead/documents/document-text'
import { located } from '@fairlead/documents/located'
import { zodFindings } from '@fairlead/documents/zod-problems'
import { z } from 'zod'
import {
  poolDocumentSchema,
  taskSchema,
  workflowDocumentSchema,
  type DocumentProblem,
  type PoolDocument,
  type WorkflowDocument,
} from '@fairlead/contracts/workflow-document'
import { checkExpressions } from './check-expressions'
import { checkGraph } from './check-graph'
import { checkSpec } from './check-spec'
import { checkTasks } from './check-tasks'
import type { CheckedWorkflow, PlacedEdges, PlacedTask } from './checked-workflow'
import { compile } from './compile'
import type { CompiledWorkflow } from './compiled'
import { explainUnknown, isLongRunningKind, notInfrastructure } from './infrastructure'

export type ParsedWorkflow =
  | { readonly ok: true; readonly document: WorkflowDocument; readonly compiled: CompiledWorkflow }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

export type ParsedPool =
  | { readonly ok: true; readonly document: PoolDocument }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

const headerSchema = workflowDocumentSchema.shape.spec.omit({ tasks: true })
const rawTaskSchema = z.looseObject({ id: z.string(), needs: z.array(z.unknown()).catch([]) })
const rawSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string().nullable().catch(null) }).catch({ name: null }),
  spec: z.looseObject({ tasks: z.array(z.unknown()).catch([]) }).catch({ tasks: [] }),
})

/** What of a document is sound, so that all its problems can be told at once. */
function checkedPart(value: unknown): CheckedWorkflow {
  const raw = rawSchema.safeParse(value)
  if (!raw.success) return { name: null, spec: null, tasks: [], edges: [] }
  const { tasks, ...header } = raw.data.spec
  const spec = headerSchema.safeParse(header)
  const placed = tasks.map((task, at) => ({
    at,
    task: taskSchema.safeParse(task),
    raw: rawTaskSchema.safeParse(task),
  }))
  return {
    name: raw.data.metadata.name,
    spec: spec.success ? spec.data : null,
    tasks: placed.flatMap(({ at, task }): PlacedTask[] => (task.success ? [{ at, task: task.data }] : [])),
    edges: placed.flatMap(({ at, raw: one }): PlacedEdges[] =>
      one.success
        ? [{ at, id: one.data.id, needs: one.data.needs.filter((need) => typeof need === 'string') }]
        : [],
    ),
  }
}

const checked = ({ metadata, spec: { tasks, ...spec } }: WorkflowDocument): CheckedWorkflow => ({
  name: metadata.name,
  spec,
  tasks: tasks.map((task, at) => ({ at, task })),
  edges: tasks.map(({ id, needs }, at) => ({ at, id, needs })),
})

const checks = [checkGraph, checkTasks, checkSpec, checkExpressions]

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined

/** Every problem of a Workflow document (50 at most, in the order of the text), or the workflow ready to be run. */
export function parseWorkflow(source: string): ParsedWorkflow {
  const read = readDocumentText(source)
  if (!read.ok) return read
  const { value } = read.text
  if (isLongRunningKind(kindOf(value)))
    return {
      ok: false,
      problems: located(read.text, [
        { path: ['kind'], message: notInfrastructure, found: String(kindOf(value)), expected: 'Workflow' },
      ]),
    }
  const parsed = workflowDocumentSchema.safeParse(value)
  const findings = parsed.success ? [] : zodFindings(parsed.error.issues, value).map(explainUnknown)
  const part = parsed.success ? checked(parsed.data) : checkedPart(value)
  findings.push(...checks.flatMap((check) => check(part)))
  if (parsed.success && findings.length === 0)
    return { ok: true, document: parsed.data, compiled: compile(parsed.data) }
  return { ok: false, problems: located(read.text, findings) }
}

export function parsePool(source: string): ParsedPool {
  const read = readDocumentText(source)
  if (!read.ok) return read
  const parsed = poolDocumentSchema.safeParse(read.text.value)
  return parsed.success
    ? { ok: true, document: parsed.data }
    : { ok: false, problems: located(read.text, zodFindings(parsed.error.issues, read.text.value)) }
}
