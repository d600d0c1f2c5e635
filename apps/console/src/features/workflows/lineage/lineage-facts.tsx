'use client'

import type { LineageGraph } from '@fairlead/contracts/workflow'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { runHref } from '@/features/runs/addresses'
import { workflowHref } from '../addresses'
import { usesOf, type LineageNode } from './lineage-model'

type Edge = LineageGraph['edges'][number]
type LineageFactsProps = { node: LineageNode; graph: LineageGraph }

/** Who writes and reads a dataset, or what a task reads and writes, and the run that said so last. */
export function LineageFacts({ node, graph }: LineageFactsProps) {
  if (node.kind === 'dataset') {
    const { written, read } = usesOf(graph, node.name)
    return (
      <div className="space-y-5">
        <Uses
          title="Written by"
          none="No run has said that it writes this."
          edges={written}
          graph={graph}
          say="task"
        />
        <Uses
          title="Read by"
          none="No run has said that it reads this."
          edges={read}
          graph={graph}
          say="task"
        />
      </div>
    )
  }
  const own = graph.edges.filter(({ workflow, task }) => workflow === node.workflow && task === node.task)
  return (
    <div className="space-y-5">
      <p>
        <TextLink href={`${workflowHref({ project: node.project, name: node.workflow })}?task=${node.task}`}>
          {node.project}/{node.workflow}
        </TextLink>
      </p>
      <Uses title="Reads" none="Nothing." edges={own.filter(isInput)} graph={graph} say="dataset" />
      <Uses
        title="Writes"
        none="Nothing."
        edges={own.filter((edge) => !isInput(edge))}
        graph={graph}
        say="dataset"
      />
    </div>
  )
}

const isInput = ({ direction }: Edge): boolean => direction === 'input'

type UsesProps = {
  title: string
  none: string
  edges: readonly Edge[]
  graph: LineageGraph
  say: 'task' | 'dataset'
}

function Uses({ title, none, edges, graph, say }: UsesProps) {
  return (
    <section>
      <h3 className="pb-1 text-xs font-medium text-muted">{title}</h3>
      {edges.length === 0 ? <p className="text-sm text-faint">{none}</p> : null}
      <ul className="divide-y divide-line text-sm">
        {edges.map((edge) => {
          const project = graph.tasks.find(
            ({ workflow, task }) => workflow === edge.workflow && task === edge.task,
          )?.project
          return (
            <li
              key={`${edge.workflow}/${edge.task}/${edge.dataset}`}
              className="flex items-baseline gap-3 py-1.5"
            >
              <span className="min-w-0 flex-1 font-mono text-xs break-all">
                {say === 'dataset' || project === undefined ? (
                  edge.dataset
                ) : (
                  <TextLink href={`${workflowHref({ project, name: edge.workflow })}?task=${edge.task}`}>
                    {edge.workflow}/{edge.task}
                  </TextLink>
                )}
              </span>
              <TextLink href={runHref(edge.run, { task: edge.task })} className="shrink-0 text-xs">
                run of <RelativeTime at={edge.at} />
              </TextLink>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
