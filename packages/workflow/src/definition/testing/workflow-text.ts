import type { CompiledWorkflow, ExpressionScope } from '../compiled'
import { parseWorkflow } from '../parse-workflow'

/** A Workflow document around its `spec.tasks`, each one line; `spec` lines go before them. */
export const workflowText = (tasks: readonly string[], spec: readonly string[] = []): string =>
  [
    'apiVersion: fairlead.dev/v1',
    'kind: Workflow',
    'metadata: { name: nightly, project: shop }',
    'spec:',
    '  defaults: { cluster: production, namespace: batch, image: registry.example/settle:2 }',
    ...spec.map((line) => `  ${line}`),
    '  tasks:',
    ...tasks.map((line) => `    - ${line}`),
    '',
  ].join('\n')

export function compiledFrom(text: string): CompiledWorkflow {
  const parsed = parseWorkflow(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2))
  return parsed.compiled
}

export const scopeOf = (more: Partial<ExpressionScope> = {}): ExpressionScope => ({
  run: { id: 'run-1', number: 7, nominalTime: '2026-03-29T02:30:00Z', trigger: 'schedule' },
  parameters: {},
  tasks: {},
  ...more,
})
