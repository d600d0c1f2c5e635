import { applicationDocumentSchema } from '@fairlead/contracts/application'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { applicationJsonSchema } from './json-schema'

const schema = applicationJsonSchema()
const accepts = new Ajv({ strict: false, validateFormats: false }).compile(schema)

const stage = {
  name: 'production',
  targets: { clusters: ['production'], namespace: 'checkout' },
  approval: { quorum: 2, roles: ['approver'], excludeRequester: true, expires: '24h' },
  strategy: { rolling: {} },
  deadline: { progress: '2m', total: '15m' },
  onFailure: 'rollback',
  drift: 'detect',
  before: [{ workflow: 'migrate-database', parameters: { dry: false } }],
  after: [{ airflow: { connection: 'main', dag: 'smoke', conf: { url: 'http://checkout' } } }],
  checks: { replicas: 'error', 'latest-tag': 'off' },
}
const whole = {
  apiVersion: 'fairlead.dev/v1',
  kind: 'Application',
  metadata: { name: 'checkout', project: 'shop' },
  spec: {
    source: {
      helm: {
        repository: 'oci://registry.example.org/team/charts',
        chart: 'checkout',
        version: `1.4.2@sha256:${'0a'.repeat(32)}`,
        plainHttp: false,
        values: { replicas: 2 },
      },
      on: 'automatic',
    },
    stages: [
      { name: 'staging', targets: { selector: { environment: 'staging' }, namespace: 'checkout' } },
      stage,
      {
        ...stage,
        name: 'fleet',
        waves: {
          order: ['region', { label: 'tier', values: ['one', 'two'] }],
          sizes: [1, '25%'],
          bake: '5m',
        },
      },
      {
        ...stage,
        name: 'tried',
        strategy: { canary: { traffic: 'pods', steps: [{ weight: 10, pause: '5m' }, { weight: 50 }] } },
      },
      { ...stage, name: 'switched', strategy: { blueGreen: { pause: 'untilPromoted', retain: '10m' } } },
    ],
  },
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [
    path,
    ...entries.flatMap(([key, item]: [string | number, unknown]) => pathsOf(item, [...path, key])),
  ]
}

/** A copy with the value at the path replaced; undefined takes it away. */
function withAt(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const copy: unknown = structuredClone(value)
  const parent = copy as Record<string | number, unknown>
  const next = withAt(parent[key], rest, change)
  if (next !== undefined) parent[key] = next
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete parent[key]
  return copy
}

const damages: Readonly<Record<string, (old: unknown) => unknown>> = {
  'left out': () => undefined,
  null: () => null,
  'a number': () => 7,
  'a negative number': () => -1,
  'a text': () => 'NOT one of them',
  empty: (old) => (Array.isArray(old) ? [] : typeof old === 'string' ? '' : {}),
  'a list of itself': (old) => [old],
  'with a key that nobody knows': (old) =>
    typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, nobody: 1 } : old,
}

/** What one value can't show beside another is seen by the reader alone. */
const readerAlone = [
  /expected either "clusters" or "selector"/,
  /expected exactly one of "(?:workflow|inline|rolling)"/,
  /expected no waves in a stage/,
  /expected "(?:repository|chart|plainHttp)"/,
  /expected weights that never fall/,
  /must differ/,
]

describe('the JSON Schema of the Application document', () => {
  it('accepts what the reader accepts, with and without what has a default', () => {
    expect(accepts(whole), JSON.stringify(accepts.errors)).toBe(true)
    expect(applicationDocumentSchema.safeParse(whole).error).toBeUndefined()
  })

  it.each(Object.entries(damages))('and the reader agree wherever a value is %s', (_, damage) => {
    let refused = 0
    for (const path of pathsOf(whole)) {
      const document = withAt(whole, path, damage)
      const read = applicationDocumentSchema.safeParse(document)
      const issues = read.error?.issues.map(({ message }) => message) ?? []
      const known = issues.length > 0 && issues.every((text) => readerAlone.some((gap) => gap.test(text)))
      if (!read.success) refused++
      expect([path.join('.'), accepts(document)]).toEqual([path.join('.'), read.success || known])
    }
    expect(refused).toBeGreaterThan(0)
  })

  it('is published under an address of its own', () => {
    expect(schema).toMatchObject({
      $id: 'https://fairlead.dev/schemas/v1/application.json',
      title: 'Application',
    })
  })
})
