import { durationMs } from '@fairlead/contracts/application'
import { nameSchema } from '@fairlead/contracts/ids'
import type { TaskDocument } from '@fairlead/contracts/workflow-document'
import { inTask, type Check, type CheckedWorkflow, type PlacedTask } from './checked-workflow'
import { isTeardown } from './compile'
import { taskKinds } from './compiled'
import { checkPodTemplate } from './check-pod-template'
import { podImage } from './pod-template'
import type { Finding } from '@fairlead/documents/zod-problems'

type Header = NonNullable<CheckedWorkflow['spec']>
type Told = readonly Finding[]

function kindOfTask({ at, task }: PlacedTask): Told {
  const given = taskKinds.filter((kind) => task[kind] !== undefined)
  return given.length === 1
    ? []
    : [
        {
          path: inTask(at, given[1] ?? 'id'),
          message: `The task "${task.id}" has ${given.length === 0 ? 'nothing to do' : 'more than one thing to do'}`,
          found: given.length === 0 ? 'none of them' : given.join(' and '),
          expected: 'exactly one of run, approval, wait and airflow',
        },
      ]
}

/** An expression is judged where all expressions are. */
const isExpression = (text: string): boolean => text.includes('${{')

function places({ at, task }: PlacedTask, spec: Header | null): Told {
  if (task.run === undefined || spec === null) return []
  const { defaults } = spec
  const missing = (what: string, path: readonly string[]): Finding => ({
    path: inTask(at, 'run'),
    message: `The task "${task.id}" has no ${what}`,
    found: 'nothing',
    expected: `"${path.join('.')}" here, or "${path.at(-1)}" in spec.defaults`,
  })
  const cluster = task.cluster ?? defaults.cluster
  const findings: Finding[] = []
  if ((task.run.image ?? defaults.image ?? podImage(task.run.podTemplate) ?? '').trim() === '')
    findings.push(missing('image', ['run', 'image']))
  if ((task.namespace ?? defaults.namespace) === undefined) findings.push(missing('namespace', ['namespace']))
  if (cluster === undefined) findings.push(missing('cluster', ['cluster']))
  else if (task.cluster !== undefined && !isExpression(cluster) && !nameSchema.safeParse(cluster).success)
    findings.push({
      path: inTask(at, 'cluster'),
      message: 'That can’t be the name of a cluster',
      found: cluster,
      expected: 'a name such as "production", or an expression',
    })
  return findings
}

function setupRules({ at, task }: PlacedTask): Told {
  if (!isTeardown(task)) return []
  const findings: Finding[] = []
  if (task.setup)
    findings.push({
      path: inTask(at, 'setup'),
      message: `The task "${task.id}" is a teardown (trigger all_done_setup_success) and can’t be a setup too`,
      found: 'setup: true',
    })
  if (task.needs.length === 0)
    findings.push({
      path: inTask(at, 'trigger'),
      message: `The teardown "${task.id}" has nothing to wait for`,
      found: 'no needs',
      expected: 'the setup it cleans up after, and what uses that, in "needs"',
    })
  return findings
}

const reserved = 'FAIRLEAD_'

export function envFindings(env: Readonly<Record<string, string>>, base: Finding['path']): Told {
  return Object.keys(env).flatMap((name) =>
    name.startsWith(reserved)
      ? [
          {
            path: [...base, name],
            message: `Names that start with ${reserved} are set by Fairlead`,
            found: name,
          },
        ]
      : /^[A-Za-z_.-][\w.-]*$/.test(name)
        ? []
        : [
            {
              path: [...base, name],
              message: 'That can’t be the name of an environment variable',
              found: name,
              expected: 'letters, digits, "_", "-" and "."; no digit first',
            },
          ],
  )
}

const quantity = /^\d+(\.\d+)?([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE])?$/

export function resourceFindings(
  resources: NonNullable<TaskDocument['run']>['resources'],
  base: Finding['path'],
): Told {
  return (['requests', 'limits'] as const).flatMap((side) =>
    Object.entries(resources?.[side] ?? {}).flatMap(([name, value]) =>
      quantity.test(value)
        ? []
        : [
            {
              path: [...base, side, name],
              message: `"${name}" is not a quantity`,
              found: value,
              expected: 'a quantity such as "250m", "2" or "256Mi"',
            },
          ],
    ),
  )
}

export function timeoutFindings(timeout: TaskDocument['timeout'], base: Finding['path']): Told {
  const parts = typeof timeout === 'string' ? { '': timeout } : (timeout ?? {})
  return Object.entries(parts).flatMap(([part, text]) =>
    text === undefined || durationMs(text) > 0
      ? []
      : [
          {
            path: part === '' ? base : [...base, part],
            message: 'A timeout of zero ends everything at once',
            found: text,
          },
        ],
  )
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/

function waits({ at, task }: PlacedTask, workflow: string | null): Told {
  const findings: Finding[] = []
  const { until } = task.wait ?? {}
  if (
    until !== undefined &&
    !isExpression(until) &&
    (!rfc3339.test(until) || Number.isNaN(Date.parse(until)))
  )
    findings.push({
      path: inTask(at, 'wait', 'until'),
      message: '"until" is not a time',
      found: until,
      expected: 'an expression, or a time such as "2026-03-29T02:30:00Z"',
    })
  if (workflow !== null && task.wait?.workflow?.name === workflow)
    findings.push({
      path: inTask(at, 'wait', 'workflow', 'name'),
      message: 'A workflow that starts itself and waits for it never ends',
      found: workflow,
      expected: 'another workflow',
    })
  return findings
}

export const checkTasks: Check = ({ name, spec, tasks }) =>
  tasks.flatMap((placed) => [
    ...kindOfTask(placed),
    ...places(placed, spec),
    ...setupRules(placed),
    ...waits(placed, name),
    ...envFindings(placed.task.run?.env ?? {}, inTask(placed.at, 'run', 'env')),
    ...resourceFindings(placed.task.run?.resources, inTask(placed.at, 'run', 'resources')),
    ...timeoutFindings(placed.task.timeout, inTask(placed.at, 'timeout')),
    ...checkPodTemplate(placed.task.run?.podTemplate, inTask(placed.at, 'run', 'podTemplate')),
  ])
