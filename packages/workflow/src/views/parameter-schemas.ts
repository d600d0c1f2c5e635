import type { WorkflowDocument } from '@fairlead/contracts/workflow-document'
import { isExpression } from './fixed-clusters'

/** Where the text of a default stands that is worked out when a run starts. */
export const expressionDefaultKey = 'x-default'

/** JSON Schema per parameter; a default that is an expression is no default of the schema, but a text beside it. */
export const parameterSchemas = (
  document: WorkflowDocument,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  Object.fromEntries(
    Object.entries(document.spec.parameters).map(([name, schema]) => {
      const { default: value, ...rest } = schema
      return typeof value === 'string' && isExpression(value)
        ? [name, { ...rest, [expressionDefaultKey]: value }]
        : [name, schema]
    }),
  )
