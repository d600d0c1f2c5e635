import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineageGraph, type LineageRow } from './lineage-graph'
import { datasetOf, lineageRunId, openLineageEvent } from './open-lineage'

describe('a dataset', () => {
  it.each([
    ['postgres://ledger/public.entries', 'postgres://ledger', 'public.entries'],
    [
      'postgres://reader:secret@ledger:5432/shop.public.entries',
      'postgres://ledger:5432',
      'shop.public.entries',
    ],
    ['s3://reports/2026/11/a.csv', 's3://reports', '2026/11/a.csv'],
    ['s3://reports', 's3://reports', '/'],
    ['S3://Reports/X', 's3://Reports', 'X'],
    ['file:///data/x', 'file', '/data/x'],
    ['bigquery:shop.sales.orders', 'bigquery', 'shop.sales.orders'],
    ['orders', 'fairlead/shop', 'orders'],
    ['', 'fairlead/shop', ''],
  ])('%s is in %s and called %s', (uri, namespace, name) => {
    expect(datasetOf(uri, 'shop')).toEqual({ namespace, name })
  })
  it('never carries a password on, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9:@]{1,20}$/), (user) => {
        expect(datasetOf(`postgres://${user}:hunter2@ledger/t`, 'p').namespace).toBe('postgres://ledger')
      }),
    )
  })
})

const told = {
  kind: 'COMPLETE',
  run: {
    id: '0d1b0b62-0000-4000-8000-000000000001',
    workflow: 'settle',
    project: 'shop',
    nominalTime: new Date('2026-11-23T00:30:00Z'),
  },
  task: { id: 'publish', index: -1, attempt: 2 },
  inputs: ['postgres://ledger/public.entries'],
  outputs: ['s3://reports/x'],
  at: new Date('2026-11-23T00:31:00Z'),
} as const

describe('an OpenLineage event', () => {
  it('says who ran what on which data, by the specification', () => {
    expect(openLineageEvent(told)).toMatchObject({
      eventType: 'COMPLETE',
      eventTime: '2026-11-23T00:31:00.000Z',
      producer: expect.stringMatching(/^https:/),
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: {
        runId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        facets: {
          parent: {
            _producer: expect.any(String),
            _schemaURL: expect.any(String),
            run: { runId: told.run.id },
            job: { namespace: 'fairlead/shop', name: 'settle' },
          },
          nominalTime: { nominalStartTime: '2026-11-23T00:30:00.000Z' },
        },
      },
      job: { namespace: 'fairlead/shop', name: 'settle.publish' },
      inputs: [{ namespace: 'postgres://ledger', name: 'public.entries' }],
      outputs: [{ namespace: 's3://reports', name: 'x' }],
    })
  })
  it('is of one run for one attempt, and of another for each other attempt and index', () => {
    const start = openLineageEvent({ ...told, kind: 'START', at: new Date('2026-11-23T00:30:30Z') })
    expect(start.run.runId).toBe(openLineageEvent(told).run.runId)
    const ids = [
      lineageRunId('r', 't', -1, 1),
      lineageRunId('r', 't', -1, 2),
      lineageRunId('r', 't', 0, 1),
      lineageRunId('r', 'u', -1, 1),
    ]
    expect(new Set(ids).size).toBe(4)
  })
})

describe('the lineage graph', () => {
  const row = (task: string, dataset: string, run: string, day: number): LineageRow => ({
    project: 'shop',
    workflow: 'settle',
    task,
    dataset,
    direction: dataset.startsWith('in') ? 'input' : 'output',
    run,
    at: new Date(Date.UTC(2026, 10, day)),
  })
  it('shows of each task what its newest run declared', () => {
    const graph = lineageGraph([
      row('load', 'in/a', 'r2', 2),
      row('load', 'out/1', 'r1', 1),
      row('load', 'out/2', 'r2', 2),
      row('old', 'out/3', 'r1', 1),
    ])
    expect(graph.tasks.map(({ task }) => task)).toEqual(['load', 'old'])
    expect(graph.datasets).toEqual(['in/a', 'out/2', 'out/3'])
    expect(graph.edges.map(({ task, dataset, direction }) => `${task} ${direction} ${dataset}`)).toEqual([
      'load input in/a',
      'load output out/2',
      'old output out/3',
    ])
  })
  it('is the same in whatever order the rows come', () => {
    const rows = [
      row('a', 'in/x', 'r1', 1),
      row('b', 'out/x', 'r2', 2),
      row('a', 'out/y', 'r1', 1),
      row('b', 'in/y', 'r1', 1),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(lineageGraph(shuffled)).toEqual(lineageGraph(rows))
      }),
    )
  })
})
