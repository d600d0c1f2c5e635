import type { LineageGraph } from '@fairlead/contracts/workflow'
import { expect, test } from 'vitest'
import { around, datasetParts, lineageOf, nameOf, usesOf } from './lineage-model'

const edge = (task: string, dataset: string, direction: 'input' | 'output') => ({
  workflow: 'settle',
  task,
  dataset,
  direction,
  at: '2026-11-23T00:00:00Z',
  run: 'r',
})
const graph: LineageGraph = {
  tasks: ['load', 'sum', 'mail'].map((task) => ({ project: 'shop', workflow: 'settle', task })),
  datasets: ['pg://a/orders', 's3://b/total', 's3://b/other'],
  edges: [
    edge('load', 'pg://a/orders', 'output'),
    edge('sum', 'pg://a/orders', 'input'),
    edge('sum', 's3://b/total', 'output'),
    edge('mail', 's3://b/other', 'input'),
  ],
}

test('a task stands between what it reads and what it writes', () => {
  expect(lineageOf(graph).edges).toContainEqual({ from: 'dataset pg://a/orders', to: 'task settle/sum' })
  expect(lineageOf(graph).edges).toContainEqual({ from: 'task settle/sum', to: 'dataset s3://b/total' })
})

test('what is looked for stays with all that flows into and out of it', () => {
  const kept = around(lineageOf(graph), 'orders')
  expect(kept.nodes.map(nameOf)).toEqual([
    'pg://a/orders',
    's3://b/total',
    'shop/settle load',
    'shop/settle sum',
  ])
  expect(kept.edges).toHaveLength(3)
  expect(around(lineageOf(graph), '').nodes).toHaveLength(6)
})

test('a dataset knows who writes and who reads it', () => {
  const { written, read } = usesOf(graph, 'pg://a/orders')
  expect(written.map(({ task }) => task)).toEqual(['load'])
  expect(read.map(({ task }) => task)).toEqual(['sum'])
})

test('a name is told in two lines: what, and where', () => {
  expect(datasetParts('pg://ledger/public.entries')).toEqual({
    title: 'public.entries',
    place: 'pg://ledger',
  })
  expect(datasetParts('plain')).toEqual({ title: 'plain', place: '' })
})
