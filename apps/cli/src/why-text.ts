import type { Difference, PodWhy, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import {
  schedulerScoreNames,
  schedulingBuiltIns,
  type Placement,
  type PointReached,
  type Ranking,
} from '@fairlead/contracts/scheduling-scores'
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

const mostRanked = 10

/** The plugins' own scores, from 0 to 100, and their weighted sum. */
function rankingLines(ranking: Ranking | null): string[] {
  if (ranking === null) return []
  const { nodes, words } = ranking
  const plugins = schedulerScoreNames.filter((name) => nodes.some(({ scores }) => scores[name] !== undefined))
  const rows = nodes
    .slice(0, mostRanked)
    .map(({ node, total, scores }) => [
      node,
      String(total),
      ...plugins.map((name) => String(scores[name] ?? '-')),
    ])
  const scored = rows.length === 0 ? [] : table(['node', 'sum', ...plugins], rows).split('\n')
  return section('Scores', [words, ...scored])
}

const pointLines = (points: readonly PointReached[]): string[] =>
  section(
    'Extension points',
    points.map(
      ({ point, state, words }) => `${point.padEnd(8)} ${state.replace('_', ' ').padEnd(11)} ${words}`,
    ),
  )

const placementLines = ({ words, ranking, points }: Placement): string[] => [
  '',
  words,
  ...rankingLines(ranking),
  ...pointLines(points),
]

function schedulingLines(scheduling: SchedulingExplanation, now: number): string[] {
  return [
    ...nodesTable(scheduling),
    ...rankingLines(scheduling.ranking),
    ...section(
      'It would fit',
      scheduling.whatIfs.map(
        ({ change, fits, nodes }) =>
          `on ${fits === 1 ? `the node ${nodes[0] ?? ''}` : `${fits} nodes`} if ${change}`,
      ),
    ),
    ...section('Preemption', scheduling.preemption === null ? [] : [scheduling.preemption]),
    ...comparison(scheduling, now),
    ...pointLines(scheduling.points),
    ...section(
      'What Kubernetes has, before a scheduler of your own',
      scheduling.builtIns.map((name) => `${name}: ${schedulingBuiltIns[name].how}`),
    ),
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
    ...(why.placement === null ? [] : placementLines(why.placement)),
    ...section('Findings', findings),
    ...section(
      'Not seen',
      why.unseen.map(({ what, why: reason }) => `${what}: ${reason}`),
    ),
  ].join('\n')
}
