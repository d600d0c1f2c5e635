import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { poolJsonSchema, workflowJsonSchema } from './json-schema'
import { parse } from 'yaml'
import { workflowText } from './testing/workflow-text'

const validator = (schema: Record<string, unknown>) =>
  new Ajv({ strict: false, validateFormats: false }).compile(schema)

describe('The schemas for editors', () => {
  test('accept what the reader accepts, defaults left out', () => {
    const accepts = validator(workflowJsonSchema())
    expect(
      accepts(parse(workflowText(['{ id: a, run: {} }', '{ id: b, needs: [a], wait: { for: 1m } }']))),
    ).toBe(true)
    expect(
      validator(poolJsonSchema())({
        apiVersion: 'fairlead.dev/v1',
        kind: 'Pool',
        metadata: { name: 'a', project: 'b' },
        spec: { slots: 1 },
      }),
    ).toBe(true)
  })
  test('refuse an unknown key and a wrong rule', () => {
    const accepts = validator(workflowJsonSchema())
    expect(accepts(parse(workflowText(['{ id: a, run: {}, trigger: sometimes }'])))).toBe(false)
    expect(accepts(parse(workflowText(['{ id: a, run: {}, retrys: {} }'])))).toBe(false)
  })
  test('explain their keys', () => {
    expect(JSON.stringify(workflowJsonSchema()).match(/"description":"/g)?.length).toBeGreaterThan(25)
  })
})
