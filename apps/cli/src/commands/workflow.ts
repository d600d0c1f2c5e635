import { durationMs } from '@fairlead/contracts/application'
import { runStates } from '@fairlead/contracts/workflow-states'
import type { BackfillPlan, WorkflowDetail, WorkflowSummary } from '@fairlead/contracts/workflow'
import type { Command } from 'commander'
import { age, table } from '../output'
import { parametersOf, timeOf } from '../parameters'
import { waitForRun } from '../wait-for-run'
import { collect, contextOf } from './command-context'

interface OfProject {
  readonly project?: string
}

const reference = (workflow: string, { project }: OfProject) => ({
  workflow,
  ...(project === undefined ? {} : { project }),
})

const named = (parent: Command, verb: string): Command =>
  parent
    .command(verb)
    .argument('<name>')
    .option('--project <project>', 'when two projects have a workflow of that name')

export function addWorkflow(program: Command): void {
  const workflow = program.command('workflow').description('see, start and pause workflows')
  workflow
    .command('list')
    .option('--project <project>')
    .action(async ({ project }: OfProject, command: Command) => {
      const { api, out } = contextOf(command)
      const rows = await api.workflow.list.query(project === undefined ? {} : { project })
      out.result(rows, listText)
    })
  named(workflow, 'show').action(async (name: string, options: OfProject, command: Command) => {
    const { api, out } = contextOf(command)
    out.result(await api.workflow.get.query(reference(name, options)), detailText)
  })
  named(workflow, 'pause')
    .option('--reason <text>', 'for the audit log', 'by the command line')
    .action(async (name: string, options: OfProject & { reason: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const { reason } = options
      out.result(await api.workflow.pause.mutate({ ...reference(name, options), reason }), () => 'Paused.')
    })
  named(workflow, 'resume').action(async (name: string, options: OfProject, command: Command) => {
    const { api, out } = contextOf(command)
    out.result(await api.workflow.resume.mutate(reference(name, options)), () => 'Resumed.')
  })
  addStart(workflow)
  addBackfill(workflow)
}

interface StartOptions extends OfProject {
  readonly parameter: string[]
  readonly at?: string
  readonly key?: string
  readonly wait?: boolean
  readonly timeout: string
}

function addStart(workflow: Command): void {
  named(workflow, 'run')
    .description('start a run')
    .option('-p, --parameter <name=value>', 'JSON or text; may be repeated', collect, [])
    .option('--at <time>', 'the time that it is meant for, RFC 3339 or a day; now by default')
    .option('--key <key>', 'asked for twice under one key, it starts once')
    .option('--wait', 'until it has ended')
    .option('--timeout <duration>', 'with --wait, e.g. 15m', '1h')
    .action(async (name: string, options: StartOptions, command: Command) => {
      const context = contextOf(command)
      const started = await context.api.workflow.start.mutate({
        ...reference(name, options),
        parameters: parametersOf(options.parameter),
        ...(options.at === undefined ? {} : { at: timeOf(options.at) }),
        ...(options.key === undefined ? {} : { key: options.key }),
      })
      const { run, number, created } = started
      context.out.say(
        `Run #${number} of ${name}${created ? '' : ', started before'}: ${context.url}/runs/${run}`,
      )
      if (options.wait === true) await waitForRun(context, run, durationMs(options.timeout))
      else context.out.result(started, () => run)
    })
}

interface BackfillOptions extends OfProject {
  readonly from: string
  readonly to: string
  readonly dryRun?: boolean
}

function addBackfill(workflow: Command): void {
  named(workflow, 'backfill')
    .description('runs for the times of the schedule that have none')
    .requiredOption('--from <time>', 'RFC 3339 or a day')
    .requiredOption('--to <time>', 'RFC 3339 or a day')
    .option('--dry-run', 'say what would be run')
    .action(async (name: string, options: BackfillOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const range = { ...reference(name, options), from: timeOf(options.from), to: timeOf(options.to) }
      if (options.dryRun === true) out.result(await api.workflow.planBackfill.query(range), backfillText)
      else
        out.result(
          await api.workflow.backfill.mutate(range),
          ({ runs }) => `${runs} runs queued, below all others.`,
        )
    })
}

export function backfillText(plan: BackfillPlan): string {
  const rows = plan.times.map(({ at, local, exists }) => [local, at, exists ? 'exists already' : 'would run'])
  const blocked = plan.blocked === null ? [] : [`Not possible: ${plan.blocked}`]
  return [
    ...(rows.length === 0 ? [] : [table([`local (${plan.timezone})`, 'utc', ''], rows)]),
    ...blocked,
  ].join('\n')
}

function listText(rows: readonly WorkflowSummary[]): string {
  return table(
    ['name', 'version', 'tasks', 'schedule', 'next', 'active', 'last run'],
    rows.map((row) => {
      const last = row.lastRuns.at(-1)
      return [
        `${row.project}/${row.name}`,
        String(row.version),
        String(row.tasks),
        row.schedule === null ? '-' : `${row.schedule.cron} ${row.schedule.timezone}`,
        row.paused ? 'paused' : (row.nextAt ?? '-'),
        String(row.activeRuns),
        last === undefined ? '-' : `#${last.number} ${runStates[last.state].word}`,
      ]
    }),
  )
}

function detailText(detail: WorkflowDetail): string {
  const author = detail.versions[0]
  return [
    listText([detail]),
    '',
    ...(detail.description === '' ? [] : [detail.description, '']),
    table(
      ['task', 'needs', 'trigger', 'cluster', 'what'],
      detail.graph.map((task) => [
        task.id,
        task.needs.length === 0 ? '-' : task.needs.join(','),
        task.trigger,
        task.cluster ?? '-',
        `${task.summary}${task.forEach ? ' (for each)' : ''}`,
      ]),
    ),
    ...(author === undefined
      ? []
      : ['', `Version ${author.number} by ${author.author}, ${age(author.createdAt)} ago.`]),
  ].join('\n')
}
