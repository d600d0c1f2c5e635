import { applicationDocumentSchema } from '@fairlead/contracts/application'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentOf, exampleDraft } from './example-document'

test('the example that the empty page shows is a valid document', () => {
  const document = applicationDocumentSchema.parse(parse(documentOf(exampleDraft)))
  expect(document.spec.stages.map(({ name, approval }) => [name, approval?.quorum])).toEqual([
    ['staging', undefined],
    ['production', 1],
  ])
})

test('an untouched form already makes a document of the right shape', () => {
  const empty = { name: '', project: '', stages: [{ name: '', cluster: '', namespace: '', approval: false }] }
  expect(applicationDocumentSchema.safeParse(parse(documentOf(empty))).success).toBe(true)
})
