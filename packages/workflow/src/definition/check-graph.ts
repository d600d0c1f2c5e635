import { inTask, type Check, type CheckedWorkflow, type PlacedEdges } from './checked-workflow'
import { findCycles } from './topological-order'
import type { Finding } from '@fairlead/documents/zod-problems'

const maxShown = 12

function duplicates(edges: readonly PlacedEdges[]): Finding[] {
  const first = new Map<string, number>()
  return edges.flatMap(({ id, at }) => {
    const earlier = first.get(id)
    if (earlier === undefined) {
      first.set(id, at)
      return []
    }
    return [
      {
        path: inTask(at, 'id'),
        message: `Two tasks have the id "${id}"; the other is tasks[${earlier}]`,
        found: id,
        expected: 'an id of its own for each task',
      },
    ]
  })
}

/** The ids that a mistyped one is nearest to: one letter away, or with the same start. */
export function nearest(id: string, known: Iterable<string>): string | undefined {
  let close: string | undefined
  for (const other of known) {
    if (Math.abs(other.length - id.length) <= 1 && differing(id, other) <= 1) return other
    if (close === undefined && id.length >= 3 && (other.startsWith(id) || id.startsWith(other))) close = other
  }
  return close
}

function differing(a: string, b: string): number {
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1
  return Math.max(a.length, b.length) - start - end
}

function unknownNeeds({ edges }: CheckedWorkflow): Finding[] {
  const known = new Set(edges.map(({ id }) => id))
  const findings: Finding[] = []
  for (const { id, at, needs } of edges)
    needs.forEach((need, index) => {
      const path = inTask(at, 'needs', index)
      if (need === id) findings.push({ path, message: `The task "${id}" needs itself`, found: need })
      else if (!known.has(need) && findings.length < maxShown * 5) {
        const meant = nearest(need, known)
        findings.push({
          path,
          message: `The task "${id}" needs "${need}", which doesn’t exist`,
          found: need,
          expected: meant === undefined ? 'the id of a task of this workflow' : `"${meant}"?`,
        })
      }
    })
  return findings
}

const cycleText = (cycle: readonly string[]): string =>
  cycle.length <= maxShown
    ? cycle.join(' → ')
    : [...cycle.slice(0, maxShown - 1), `… ${cycle.length - maxShown} more`, cycle.at(-1)].join(' → ')

function cycles({ edges }: CheckedWorkflow): Finding[] {
  const others = edges.map((edge) => ({ ...edge, needs: edge.needs.filter((need) => need !== edge.id) }))
  const byId = new Map(edges.map((edge) => [edge.id, edge]))
  return findCycles(others).map((cycle) => {
    const [second, first] = [cycle[1] ?? '', cycle[0] ?? '']
    const edge = byId.get(second)
    return {
      path: inTask(edge?.at ?? 0, 'needs', edge?.needs.indexOf(first) ?? 0),
      message: `These tasks wait for each other: ${cycleText(cycle)}`,
      found: first,
      expected: 'needs without a cycle',
    }
  })
}

export const checkGraph: Check = (workflow) => [
  ...duplicates(workflow.edges),
  ...unknownNeeds(workflow),
  ...cycles(workflow),
]
