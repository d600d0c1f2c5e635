import type { StageCheck } from '@fairlead/contracts/stage-checks'
import { wavesSchema } from '@fairlead/contracts/waves'
import { labelKeys } from '@fairlead/contracts/labels'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { normalise } from '@fairlead/kube/normalise'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../manifest/digest'
import { planDigest, type StageManner } from './plan-digest'

interface Planned {
  readonly live: KubeObject | null
  readonly result: KubeObject
}
interface Target {
  readonly cluster: string
  readonly namespace: string
  readonly wave: number
  readonly seen: boolean
  readonly objects: readonly Planned[]
}
interface Sample {
  readonly release: string
  readonly manner: StageManner
  readonly targets: readonly Target[]
  readonly checks: readonly StageCheck[]
}

const changeOf = ({ live, result }: Planned) =>
  live === null ? 'create' : hashOf(normalise(live)) === hashOf(normalise(result)) ? 'none' : 'change'

const digestOf = (sample: Sample, noise = ''): string =>
  planDigest({
    ...sample,
    targets: sample.targets.map(({ objects, ...place }) => ({
      ...place,
      objects: objects.map((object) => ({
        plan: {
          apiVersion: object.result.apiVersion,
          kind: object.result.kind,
          namespace: place.namespace,
          name: object.result.metadata.name,
          change: changeOf(object),
          notes: [noise],
          conflicts: [],
          restarts: noise.length,
          diff: [],
        },
        liveHash: object.live === null ? null : hashOf(normalise(object.live)),
        resultHash: hashOf(normalise(object.result)),
      })),
    })),
  })

const word = fc.constantFrom('a', 'b', 'c', 'd')
const data = fc.dictionary(word, word, { minKeys: 1, maxKeys: 4 })
const configMap = (name: string, content: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { team: 'shop' }, annotations: { note: 'x' } },
  data: content,
})
const objects = fc
  .uniqueArray(fc.record({ name: word, live: fc.option(data, { nil: null }), result: data }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.map(({ name, live, result }): Planned => ({
      live: live === null ? null : configMap(name, live),
      result: configMap(name, result),
    })),
  )
const targets = fc.uniqueArray(
  fc.record({
    cluster: word,
    namespace: fc.constantFrom('shop', 'pay'),
    wave: fc.integer({ min: 0, max: 2 }),
    seen: fc.boolean(),
    objects,
  }),
  { selector: ({ cluster, namespace }) => `${cluster}/${namespace}`, minLength: 1, maxLength: 3 },
)
const checks = fc.uniqueArray(
  fc.record({
    check: fc.constantFrom('replicas', 'latest-tag', 'readiness-probe'),
    object: word,
    severity: fc.constantFrom('error' as const, 'warn' as const),
    passed: fc.boolean(),
    message: fc.string(),
    waiver: fc.constantFrom(null, { by: 'ada', reason: 'known', until: '2030-01-01T00:00:00.000Z' }),
  }),
  { selector: ({ check, object }) => `${check} ${object}`, maxLength: 4 },
)
const gates = fc.uniqueArray(fc.record({ workflow: word, parameters: data }), {
  selector: ({ workflow }) => workflow,
  maxLength: 3,
})
const samples: fc.Arbitrary<Sample> = fc.record({
  release: fc.constantFrom('one', 'two'),
  manner: fc.record({ strategy: fc.constant({ rolling: {} }), before: gates, after: gates }),
  targets,
  checks,
})

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  )
}
/** What the server counts and what controllers report, with our own labels. */
const touched = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    resourceVersion: '812',
    generation: 9,
    uid: 'another',
    creationTimestamp: '2031-02-03T04:05:06Z',
    managedFields: [{ manager: 'kubectl', time: '2031-02-03T04:05:06Z' }],
    labels: { ...object.metadata.labels, [labelKeys.rollout]: 'another' },
    annotations: { ...object.metadata.annotations, 'deployment.kubernetes.io/revision': '7' },
  },
  status: { observedGeneration: 9 },
})
const eachObject = (sample: Sample, change: (object: Planned) => Planned): Sample => ({
  ...sample,
  targets: sample.targets.map((target) => ({ ...target, objects: target.objects.map(change) })),
})

const irrelevant: Readonly<Record<string, (sample: Sample) => Sample>> = {
  'the order of keys': (sample) => reversed(sample) as Sample,
  'the order of targets, objects and checks': (sample) => ({
    ...sample,
    targets: sample.targets
      .toReversed()
      .map((target) => ({ ...target, objects: target.objects.toReversed() })),
    checks: sample.checks.toReversed(),
  }),
  'what the server counts: versions, generations, times, managed fields, status': (sample) =>
    eachObject(sample, ({ live, result }) => ({
      live: live === null ? null : touched(live),
      result: touched(result),
    })),
  'how a check words its answer': (sample) => ({
    ...sample,
    checks: sample.checks.map((check) => ({ ...check, message: `${check.message} now` })),
  }),
}

const first = <T>(rows: readonly T[], change: (row: T) => T): T[] =>
  rows.map((row, index) => (index === 0 ? change(row) : row))
const firstObject = (sample: Sample, change: (object: Planned) => Planned): Sample => ({
  ...sample,
  targets: first(sample.targets, (target) => ({ ...target, objects: first(target.objects, change) })),
})
const edited = (object: KubeObject): KubeObject => ({ ...object, data: { edited: 'by hand' } })
const firstCheck = (sample: Sample, change: (check: StageCheck) => StageCheck): Sample => ({
  ...sample,
  checks: first(sample.checks, change),
})
const added: StageCheck = { check: 'surge', object: 'quota', severity: 'error', passed: false, message: '' }
const waiver = { by: 'bob', reason: 'until then', until: '2031-01-01T00:00:00.000Z' }
const inManner = (sample: Sample, change: (manner: StageManner) => Partial<StageManner>): Sample => ({
  ...sample,
  manner: { ...sample.manner, ...change(sample.manner) },
})
const otherStrategy = JSON.parse('{"canary":{"steps":[{"weight":10}]}}') as StageManner['strategy']

const relevant: Readonly<Record<string, (sample: Sample) => Sample | null>> = {
  'the release': (sample) => ({ ...sample, release: `${sample.release} again` }),
  'a target more': (sample) => ({
    ...sample,
    targets: [...sample.targets, { cluster: 'new', namespace: 'shop', wave: 0, seen: true, objects: [] }],
  }),
  'a target less': (sample) => ({ ...sample, targets: sample.targets.slice(1) }),
  'another cluster of the same name': (sample) => ({
    ...sample,
    targets: first(sample.targets, (target) => ({ ...target, cluster: 'a new uid' })),
  }),
  'another namespace': (sample) => ({
    ...sample,
    targets: first(sample.targets, (target) => ({ ...target, namespace: 'elsewhere' })),
  }),
  'the wave of a target': (sample) => ({
    ...sample,
    targets: first(sample.targets, (target) => ({ ...target, wave: target.wave + 1 })),
  }),
  'a cluster that answers, or no longer does': (sample) => ({
    ...sample,
    targets: first(sample.targets, (target) => ({ ...target, seen: !target.seen })),
  }),
  'how its waves go': (sample) =>
    inManner(sample, () => ({ waves: wavesSchema.parse({ maxConcurrent: 7 }) })),
  'an object less': (sample) => ({
    ...sample,
    targets: first(sample.targets, (target) => ({ ...target, objects: target.objects.slice(1) })),
  }),
  'a live object that somebody edited': (sample) =>
    firstObject(sample, (object) => ({ ...object, live: edited(object.live ?? object.result) })),
  'a live object that is gone, or came': (sample) =>
    firstObject(sample, (object) => ({ ...object, live: object.live === null ? object.result : null })),
  'what the API server makes of the object': (sample) =>
    firstObject(sample, (object) => ({ ...object, result: edited(object.result) })),
  'a check more': (sample) => ({ ...sample, checks: [...sample.checks, added] }),
  'the verdict of a check': (sample) =>
    sample.checks.length === 0 ? null : firstCheck(sample, (one) => ({ ...one, passed: !one.passed })),
  'the severity of a check': (sample) =>
    sample.checks.length === 0
      ? null
      : firstCheck(sample, (one) => ({ ...one, severity: one.severity === 'warn' ? 'error' : 'warn' })),
  'the waiver of a check': (sample) =>
    sample.checks.length === 0 ? null : firstCheck(sample, (one) => ({ ...one, waiver })),
  'the strategy': (sample) => inManner(sample, () => ({ strategy: otherStrategy })),
  'a workflow before it': (sample) =>
    inManner(sample, ({ before }) => ({ before: [...before, { workflow: 'migrate', parameters: {} }] })),
  'a workflow after it instead of before it': (sample) =>
    sample.manner.before.length === 0
      ? null
      : inManner(sample, ({ before, after }) => ({
          before: before.slice(1),
          after: [...before.slice(0, 1), ...after],
        })),
  'the order of the workflows': (sample) =>
    sample.manner.before.length < 2
      ? null
      : inManner(sample, ({ before }) => ({ before: before.toReversed() })),
  'a parameter of a workflow': (sample) =>
    sample.manner.after.length === 0
      ? null
      : inManner(sample, ({ after }) => ({
          after: first(after, (gate) => ({ ...gate, parameters: { url: 'another' } })),
        })),
}

describe('the digest of a plan', () => {
  it.each(Object.entries(irrelevant))('stays with %s', (_, change) => {
    fc.assert(
      fc.property(samples, (sample) => {
        expect(digestOf(change(sample), 'noise')).toBe(digestOf(sample))
      }),
      { numRuns: 100 },
    )
  })

  it.each(Object.entries(relevant))('changes with %s', (_, change) => {
    let changed = 0
    fc.assert(
      fc.property(samples, (sample) => {
        const other = change(sample)
        if (other === null) return
        changed++
        expect(digestOf(other)).not.toBe(digestOf(sample))
      }),
      { numRuns: 100 },
    )
    expect(changed).toBeGreaterThan(10)
  })
})
