import { durationMs } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ClearPlan } from '@fairlead/contracts/workflow'
import { runStates, taskStates, type RunState } from '@fairlead/contracts/workflow-states'
import type { Command } from 'commander'
import { age, table } from '../output'
import { numberOf } from '../parameters'
import { runSummary, tallyText, waitForRun } from '../wait-for-run'
import { collect, contextOf } from './command-context'
import { addRunLogs } from './run-logs'

interface ListOptions {
  readonly project?: string
  readonly workflow?: string
  readonly state: string[]
  readonly limit: number
}

export function addRun(program: Command): void {
  const run = program.command('run').description('follow and steer runs of workflows')
  addList(run)
  run
    .command('show')
    .argument('<id>')
    .option('-w, --watch', 'until it ends')
    .option('--timeout <duration>', 'with --watch', '24h')
    .action(async (id: string, options: { watch?: boolean; timeout: string }, command: Command) => {
      const context = contextOf(command)
      if (options.watch === true) return waitForRun(context, id, durationMs(options.timeout))
      context.out.result(await context.api.run.get.query({ run: id }), runSummary)
    })
  addRunLogs(run)
  run
    .command('cancel')
    .argument('<id>')
    .option('--reason <text>', 'for the audit log', 'by the command line')
    .action(async (id: string, { reason }: { reason: string }, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.run.cancel.mutate({ run: id, reason }), () => 'Being cancelled.')
    })
  addClear(run)
  addDecisions(run)
}

function addList(run: Command): void {
  run
    .command('list')
    .option('--project <project>')
    .option('--workflow <name>')
    .option('--state <state>', `may be repeated: ${Object.keys(runStates).join(', ')}`, collect, [])
    .option('--limit <n>', 'newest first', numberOf, 50)
    .action(async (options: ListOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const rows = await api.run.list.query({
        limit: options.limit,
        states: options.state as RunState[],
        ...(options.project === undefined ? {} : { project: options.project }),
        ...(options.workflow === undefined ? {} : { workflow: options.workflow }),
      })
      out.result(rows, () =>
        table(
          ['id', 'run', 'state', 'tasks', 'meant for', 'by', 'age'],
          rows.map((row) => [
            row.id,
            `${row.project}/${row.workflow} #${row.number}`,
            runStates[row.state].word,
            tallyText(row.tally),
            row.nominalTime,
            row.requester,
            age(row.createdAt),
          ]),
        ),
      )
    })
}

interface ClearOptions {
  readonly task: string[]
  readonly downstream?: boolean
  readonly onlyFailed?: boolean
  readonly version?: number
  readonly dryRun?: boolean
}

function addClear(run: Command): void {
  run
    .command('clear')
    .argument('<id>')
    .description('run tasks again')
    .option('--task <task>', 'may be repeated; the whole run without it', collect, [])
    .option('--downstream', 'and everything after them')
    .option('--only-failed', 'of these, what failed, was skipped for it or was cancelled')
    .option('--version <number>', 'go on with this version of the workflow', numberOf)
    .option('--dry-run', 'say what would be cleared')
    .action(async (id: string, options: ClearOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const wish = {
        run: id,
        tasks: options.task,
        downstream: options.downstream === true,
        onlyFailed: options.onlyFailed === true,
        ...(options.version === undefined ? {} : { version: options.version }),
      }
      if (options.dryRun === true) out.result(await api.run.planClear.query(wish), clearText)
      else
        out.result(await api.run.clear.mutate(wish), ({ cleared }) =>
          cleared === 1 ? '1 task cleared.' : `${cleared} tasks cleared.`,
        )
    })
}

export function clearText(plan: ClearPlan): string {
  const rows = plan.tasks.map(({ id, index, state }) => [
    index < 0 ? id : `${id}[${index}]`,
    taskStates[state].word,
  ])
  return [
    ...(rows.length === 0 ? ['Nothing would be cleared.'] : [table(['task', 'now'], rows)]),
    ...(plan.stops === 0 ? [] : [`${plan.stops} running attempts would be stopped.`]),
    ...(plan.blocked === null ? [] : [`Not possible: ${plan.blocked}`]),
  ].join('\n')
}

function addDecisions(run: Command): void {
  for (const verb of ['approve', 'reject'] as const)
    run
      .command(verb)
      .argument('<id>')
      .argument('<task>')
      .requiredOption('--reason <text>')
      .option('--index <n>', 'of a fan-out', numberOf)
      .action(
        async (id: string, task: string, options: { reason: string; index?: number }, command: Command) => {
          const { api, out } = contextOf(command)
          const which = { run: id, task, ...(options.index === undefined ? {} : { index: options.index }) }
          // What is decided is named by its digest, so that nobody approves anything but what the server shows now.
          const { approval } = await api.run.task.query(which)
          if (approval === null)
            throw new FairleadError('conflict', `Task ${task} does not wait for an approval.`)
          if (approval.message !== '') out.say(approval.message)
          const decision = { ...which, digest: approval.digest, reason: options.reason }
          out.result(await api.run[verb].mutate(decision), () =>
            verb === 'approve' ? 'Approved.' : 'Rejected.',
          )
        },
      )
}
