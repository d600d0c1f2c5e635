import { parseWorkflow } from '@fairlead/workflow/definition/parse-workflow'
import { expect, test } from 'vitest'
import { exampleWorkflow } from './example'

test('the example that the empty page and the editor show is accepted as it is', () => {
  const parsed = parseWorkflow(exampleWorkflow({ project: 'shop', cluster: 'eu-1', namespace: 'batch' }))
  expect(parsed.ok ? [] : parsed.problems).toEqual([])
})
