import type { TaskDocument, WorkflowDocument } from '@fairlead/contracts/workflow-document'
import type { Edges } from './topological-order'
import type { Finding } from '@fairlead/documents/zod-problems'

/**
 * A document as far as it can be read. Each part that is sound is checked, though another isn't, so that one reading
 * tells everything.
 */
export interface CheckedWorkflow {
  readonly name: string | null
  /** Null where it is off its schema. */
  readonly spec: Omit<WorkflowDocument['spec'], 'tasks'> | null
  /** Those that are on their schema. */
  readonly tasks: readonly PlacedTask[]
  /** All that have an id at all. */
  readonly edges: readonly PlacedEdges[]
}

export interface PlacedTask {
  /** Its index in `spec.tasks`. */
  readonly at: number
  readonly task: TaskDocument
}

export interface PlacedEdges extends Edges {
  readonly at: number
}

export type Check = (workflow: CheckedWorkflow) => readonly Finding[]

export const inTask = (at: number, ...path: readonly (string | number)[]): readonly (string | number)[] => [
  'spec',
  'tasks',
  at,
  ...path,
]
