import type { LineageGraph } from '@fairlead/contracts/workflow'
import type { LayoutEdge } from '../graph/layers'

export type LineageTask = LineageGraph['tasks'][number]
export type LineageNode =
  | { readonly id: string; readonly kind: 'dataset'; readonly name: string }
  | ({ readonly id: string; readonly kind: 'task' } & LineageTask)

export type Lineage = { readonly nodes: readonly LineageNode[]; readonly edges: readonly LayoutEdge[] }

const datasetId = (name: string): string => `dataset ${name}`
const taskId = ({ workflow, task }: Pick<LineageTask, 'workflow' | 'task'>): string =>
  `task ${workflow}/${task}`

/** Datasets and tasks as one graph: a task stands right of what it reads and left of what it writes. */
export function lineageOf({ tasks, datasets, edges }: LineageGraph): Lineage {
  return {
    nodes: [
      ...datasets.map((name) => ({ id: datasetId(name), kind: 'dataset' as const, name })),
      ...tasks.map((task) => ({ id: taskId(task), kind: 'task' as const, ...task })),
    ],
    edges: edges.map((edge) =>
      edge.direction === 'input'
        ? { from: datasetId(edge.dataset), to: taskId(edge) }
        : { from: taskId(edge), to: datasetId(edge.dataset) },
    ),
  }
}

export const nameOf = (node: LineageNode): string =>
  node.kind === 'dataset' ? node.name : `${node.project}/${node.workflow} ${node.task}`

/** What was found by name, and everything that flows into it or out of it. */
export function around({ nodes, edges }: Lineage, text: string): Lineage {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return { nodes, edges }
  const found = nodes.filter((node) => nameOf(node).toLowerCase().includes(wanted)).map(({ id }) => id)
  const kept = new Set([...reached(found, edges, 'from', 'to'), ...reached(found, edges, 'to', 'from')])
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  }
}

type End = 'from' | 'to'

function reached(start: readonly string[], edges: readonly LayoutEdge[], from: End, to: End): Set<string> {
  const next = new Map<string, string[]>()
  for (const edge of edges) next.set(edge[from], [...(next.get(edge[from]) ?? []), edge[to]])
  const seen = new Set(start)
  const queue = [...start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const other of next.get(id) ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      queue.push(other)
    }
  return seen
}

/** What a dataset is written and read by, as last declared by a run. */
export const usesOf = ({ edges }: LineageGraph, dataset: string) => ({
  written: edges.filter((edge) => edge.dataset === dataset && edge.direction === 'output'),
  read: edges.filter((edge) => edge.dataset === dataset && edge.direction === 'input'),
})

/** `postgres://ledger/public.entries` → what it is called, and where it stands. */
export function datasetParts(name: string): { title: string; place: string } {
  const cut = name.lastIndexOf('/')
  return cut < 0 || cut === name.length - 1
    ? { title: name, place: '' }
    : { title: name.slice(cut + 1), place: name.slice(0, cut) }
}
