import type { GraphTask } from '@fairlead/contracts/workflow'
import { Container, Layers, Timer, UserCheck, Wind } from 'lucide-react'

const kinds = {
  run: { icon: Container, word: 'Container' },
  approval: { icon: UserCheck, word: 'Approval' },
  wait: { icon: Timer, word: 'Wait' },
  airflow: { icon: Wind, word: 'Airflow' },
} satisfies Record<GraphTask['kind'], { icon: typeof Container; word: string }>

/** What a task is: a container, one for each item of a list, an approval, a wait, a DAG run. */
export function KindIcon({ node }: { node: GraphTask | null | undefined }) {
  if (!node) return null
  const { icon, word } = kinds[node.kind]
  const Icon = node.forEach ? Layers : icon
  const said = node.forEach ? `${word} for each item of a list` : word
  return (
    <span title={said} className="shrink-0 text-faint">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{said}: </span>
    </span>
  )
}
