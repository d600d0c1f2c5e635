import { workflowJsonSchema } from '@fairlead/workflow/definition/json-schema'
import { expect, test } from 'vitest'
import { exampleWorkflow } from './example'
import { parametersOf, tasksOf, wordsHere } from './words-here'

const schema = workflowJsonSchema()
const names = { clusters: ['staging', 'eu-1'], pools: ['database'], projects: ['shop'] }
const labels = (marked: string) => {
  const offset = marked.indexOf('|')
  return wordsHere(marked.replace('|', ''), offset, { schema, names })?.words.map(({ label }) => label) ?? []
}

test('keys come from the published schema, without those that are there', () => {
  expect(labels('|')).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  expect(labels('spec:\n  schedule:\n    cron: "x"\n    |')).toEqual(['timezone', 'catchup', 'overlap'])
  expect(labels('spec:\n  tasks:\n    - id: a\n      |')).toContain('forEach')
  expect(labels('spec:\n  tasks:\n    - id: a\n      |')).not.toContain('id')
})

test('values come from the schema and from what the installation has', () => {
  expect(labels('spec:\n  schedule:\n    overlap: |')).toEqual(['allow', 'skip', 'queue', 'cancel'])
  expect(labels('spec:\n  tasks:\n    - trigger: |')).toContain('none_failed_min_one_success')
  expect(labels('spec:\n  tasks:\n    - cluster: |')).toEqual(['staging', 'eu-1'])
  expect(labels('spec:\n  tasks:\n    - pool: |')).toEqual(['database'])
  expect(labels('kind: |')).toEqual(['Workflow'])
})

test('needs offers the tasks of the document', () => {
  expect(labels('spec:\n  tasks:\n    - id: load\n    - id: send\n      needs: [|')).toEqual(['load', 'send'])
})

test('parameters and outputs are JSON Schemas', () => {
  expect(labels('spec:\n  parameters:\n    day:\n      |')).toContain('format')
  expect(labels('spec:\n  parameters:\n    day: { type: |')).toContain('integer')
})

test('expressions offer parameters, tasks and the run', () => {
  const document =
    'spec:\n  parameters:\n    day: { type: string }\n  tasks:\n    - id: list-all\n    - forEach: "${{ |'
  expect(labels(document)).toEqual(
    expect.arrayContaining(['parameters.day', "tasks['list-all'].outputs", 'run.nominalTime']),
  )
  expect(labels('tasks:\n  - id: a\n  - when: "tasks.|')).toContain('tasks.a.state')
})

test('the example is read in full', () => {
  const text = exampleWorkflow({ project: 'shop' })
  expect(tasksOf(text)).toEqual(['prepare', 'count', 'large', 'publish', 'alert'])
  expect(parametersOf(text)).toEqual(['day', 'regions'])
})
