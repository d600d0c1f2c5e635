import type { Difference, PodWhy, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import { age, table } from './output'

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

/** One row per group of nodes with the same reason; the example gives the figures of one of them. */
function nodesTable({ groups, fitting }: SchedulingExplanation): string[] {
  const refused = groups.map(({ filter, messages, count, nodes }) => {
    const [example] = nodes
    const words = example?.reasons.map((reason) => reason.words).join('; ') ?? ''
    return [String(count), filter, messages.join(', '), `${example?.node ?? ''}: ${words}`]
  })
  const fits =
    fitting.length === 0 ? [] : [[String(fitting.length), '-', 'takes it', fitting.slice(0, 3).join(', ')]]
  const rows = [...fits, ...refused]
  return rows.length === 0 ? [] : ['', table(['nodes', 'filter', 'reason', 'for example'], rows)]
}

const counted = (count: number | null): string =>
  count === null ? 'nothing of it' : count === 0 ? 'that' : String(count)

const differenceLine = ({ text, scheduler, fairlead }: Difference): string =>
  `${text}: the scheduler says ${counted(scheduler)}, Fairlead ${counted(fairlead)}`

function comparison(
  { comparison: { verdict, scheduler, differences }, message }: SchedulingExplanation,
  now: number,
) {
  if (scheduler === null) return []
  const when = scheduler.at === null ? '' : `, ${age(scheduler.at, now)} ago`
  if (verdict === 'nothing_to_compare') return section(`kube-scheduler said${when}`, [scheduler.message])
  const lines = [
    `scheduler  ${scheduler.message}`,
    `fairlead   ${message}`,
    ...differences.map(differenceLine),
  ]
  return section(`kube-scheduler and Fairlead ${verdict}${when}`, lines)
}

function schedulingLines(scheduling: SchedulingExplanation, now: number): string[] {
  return [
    ...nodesTable(scheduling),
    ...section(
      'It would fit',
      scheduling.whatIfs.map(
        ({ change, fits, nodes }) =>
          `on ${fits === 1 ? `the node ${nodes[0] ?? ''}` : `${fits} nodes`} if ${change}`,
      ),
    ),
    ...section('Preemption', scheduling.preemption === null ? [] : [scheduling.preemption]),
    ...comparison(scheduling, now),
  ]
}

/** For people; `--json` gives the answer as it is. */
export function whyText(why: PodWhy, now = Date.now()): string {
  const findings = why.findings.flatMap(({ words, remedy }) =>
    remedy === null ? [words] : [words, `→ ${remedy}`],
  )
  return [
    `${why.cluster.name} ${why.namespace}/${why.pod}: ${why.phase}`,
    why.words,
    ...(why.scheduling === null ? [] : schedulingLines(why.scheduling, now)),
    ...section('Findings', findings),
    ...section(
      'Not seen',
      why.unseen.map(({ what, why: reason }) => `${what}: ${reason}`),
    ),
  ].join('\n')
}
