import type { NetworkNode } from '@fairlead/contracts/network'
import { describe, expect, it } from 'vitest'
import { layoutPath } from './path-layout'

const node = (id: string, layer: NetworkNode['layer']): NetworkNode => ({
  id,
  layer,
  ref: { kind: 'Pod', namespace: 'shop', name: id },
  words: '',
  missing: false,
  severity: null,
})
const link = (from: string, to: string) => ({ from, to, words: '', broken: false })

describe('the drawing of a path', () => {
  it('has a column for each layer that there is, from left to right', () => {
    const { columns, nodes } = layoutPath({
      nodes: [node('pod', 'pod'), node('service', 'service'), node('ingress', 'entry')],
      links: [link('ingress', 'service'), link('service', 'pod')],
    })
    expect(columns.map(({ layer }) => layer)).toEqual(['entry', 'service', 'pod'])
    const x = new Map(nodes.map((placed) => [placed.node.id, placed.x]))
    expect([x.get('ingress'), x.get('service'), x.get('pod')]).toEqual(columns.map((column) => column.x))
  })
  it('puts nodes beside what leads to them, and never two on one place', () => {
    const names = ['a', 'b', 'c']
    const { nodes, links } = layoutPath({
      nodes: [
        ...names.map((name) => node(name, 'service')),
        ...['zc', 'za', 'zb'].map((name) => node(name, 'pod')),
      ],
      links: names.map((name) => link(name, `z${name}`)),
    })
    const y = new Map(nodes.map((placed) => [placed.node.id, placed.y]))
    for (const name of names) expect(y.get(`z${name}`)).toBe(y.get(name))
    expect(new Set(nodes.map((placed) => `${placed.x} ${placed.y}`)).size).toBe(6)
    expect(links).toHaveLength(3)
  })
})
