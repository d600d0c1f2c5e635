import type { PodWhy, SchedulingExplanation } from '@fairlead/contracts/pod-why'
import { expect, it } from 'vitest'
import { whyText } from './why-text'

const now = Date.parse('2026-11-27T12:00:00Z')
const scheduling: SchedulingExplanation = {
  state: 'refused',
  words: 'None of 3 nodes takes it.',
  message: '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.',
  nodeCount: 3,
  fitting: [],
  blockers: [],
  groups: [
    {
      filter: 'NodeResourcesFit',
      messages: ['Insufficient cpu'],
      count: 1,
      nodes: [
        {
          node: 'a',
          reasons: [
            {
              code: 'NodeResourcesFit',
              node: 'a',
              message: 'Insufficient cpu',
              words: 'needs 2 cpu, 1 of 4 free',
              details: {},
              preemptible: true,
            },
          ],
        },
      ],
    },
  ],
  comparison: {
    verdict: 'differ',
    differences: [{ text: 'Insufficient cpu', scheduler: 2, fairlead: 1 }],
    scheduler: {
      message: '0/3 nodes are available: 2 Insufficient cpu.',
      from: 'event',
      at: '2026-11-27T11:59:30Z',
    },
  },
  whatIfs: [{ change: 'it requested 1 cpu less (1 instead of 2)', fits: 1, nodes: ['a'] }],
  preemption: null,
  ranking: null,
  points: [
    { point: 'filter', state: 'stopped', words: 'none of 3 nodes passes' },
    { point: 'score', state: 'not_reached', words: 'not reached' },
  ],
  builtIns: [],
}
const why: PodWhy = {
  cluster: { id: 'c', name: 'staging', environment: 'staging', colour: 1 },
  namespace: 'shop',
  pod: 'web-1',
  uid: 'u',
  at: '2026-11-27T12:00:00Z',
  phase: 'Pending',
  words: scheduling.words,
  scheduling,
  placement: null,
  findings: [],
  unseen: [{ what: 'namespaces', why: 'forbidden.' }],
}

it('tells the answer first, then nodes by reason, what would help, the comparison and what was not seen', () => {
  expect(whyText(why, now).split('\n')).toEqual([
    'staging shop/web-1: Pending',
    'None of 3 nodes takes it.',
    '',
    'NODES   FILTER             REASON             FOR EXAMPLE',
    '1       NodeResourcesFit   Insufficient cpu   a: needs 2 cpu, 1 of 4 free',
    '',
    'It would fit',
    '  on the node a if it requested 1 cpu less (1 instead of 2)',
    '',
    'kube-scheduler and Fairlead differ, 30s ago',
    '  scheduler  0/3 nodes are available: 2 Insufficient cpu.',
    '  fairlead   0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.',
    '  Insufficient cpu: the scheduler says 2, Fairlead 1',
    '',
    'Extension points',
    '  filter   stopped     none of 3 nodes passes',
    '  score    not reached not reached',
    '',
    'Not seen',
    '  namespaces: forbidden.',
  ])
})

it('tells why a pod is on its node, with the scores of the plugins that had something to say', () => {
  const nodes = [
    { node: 'a', total: 450, scores: { TaintToleration: 100, NodeResourcesFit: 50, ImageLocality: 0 } },
    { node: 'b', total: 424, scores: { TaintToleration: 100, NodeResourcesFit: 24, ImageLocality: 0 } },
  ]
  const words = 'a has the highest score, 450; the next is b with 424.'
  const placement = { node: 'a', words, ranking: { nodes, best: ['a'], words }, points: [] }
  const text = whyText({ ...why, scheduling: null, unseen: [], placement }, now)
  expect(text.split('\n').slice(2)).toEqual([
    '',
    words,
    '',
    'Scores',
    `  ${words}`,
    '  NODE   SUM   TAINTTOLERATION   NODERESOURCESFIT   IMAGELOCALITY',
    '  a      450   100               50                 0',
    '  b      424   100               24                 0',
  ])
})

it('names what Kubernetes has for whoever names another scheduler', () => {
  const foreign: SchedulingExplanation = { ...scheduling, state: 'not_modelled', builtIns: ['priority'] }
  expect(whyText({ ...why, scheduling: foreign }, now)).toContain('priority: PriorityClass')
})

it('gives each finding of a crash with what usually helps', () => {
  const crashed: PodWhy = {
    ...why,
    phase: 'Running',
    words: 'web: it ended with exit code 3.',
    scheduling: null,
    unseen: [],
    findings: [
      {
        code: 'exit',
        container: 'web',
        words: 'web: it ended with exit code 3.',
        remedy: 'Read the end of its previous log.',
        details: {},
      },
    ],
  }
  expect(whyText(crashed, now)).toContain(
    'Findings\n  web: it ended with exit code 3.\n  → Read the end of its previous log.',
  )
})
