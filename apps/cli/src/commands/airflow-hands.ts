import crypto from 'node:crypto'
import { airflowState } from '@fairlead/contracts/airflow'
import { FairleadError } from '@fairlead/contracts/errors'
import type { Command } from 'commander'
import { z } from 'zod'
import { table } from '../output'
import { ofTask, type TaskArguments } from './airflow-task'
import { contextOf } from './command-context'

const confSchema = z.record(z.string(), z.json())

function confOf(text: string) {
  try {
    return confSchema.parse(JSON.parse(text))
  } catch {
    throw new FairleadError('invalid', '--conf is not a JSON object.', {
      path: 'conf',
      expected: '{"day":"today"}',
    })
  }
}

interface ClearOptions {
  readonly task: string[]
  readonly onlyFailed?: boolean
  readonly yes?: boolean
}

/** What changes something in Airflow, and the log of a task. */
export function addAirflowHands(airflow: Command): void {
  airflow
    .command('trigger')
    .argument('<name>')
    .argument('<dag>')
    .option('--conf <json>', 'parameters of the run', '{}')
    .option('--key <key>', 'names the wish: sent again, it finds the run that it made')
    .action(
      async (connection: string, dag: string, options: { conf: string; key?: string }, command: Command) => {
        const { api, out } = contextOf(command)
        const key = options.key ?? crypto.randomUUID()
        const conf = confOf(options.conf)
        const triggered = await api.airflow.trigger.mutate({ connection, dag, key, conf })
        out.result(triggered, ({ run, created }) =>
          created ? `Started ${run}.` : `${run} was started before.`,
        )
      },
    )
  for (const paused of [true, false])
    airflow
      .command(paused ? 'pause' : 'unpause')
      .argument('<name>')
      .argument('<dag>')
      .action(async (connection: string, dag: string, _options: object, command: Command) => {
        const { api, out } = contextOf(command)
        const set = await api.airflow.setPaused.mutate({ connection, dag, paused })
        out.result(set, () => `${dag} is ${paused ? 'paused' : 'on'}.`)
      })
  addClear(airflow)
  airflow
    .command('fail')
    .description('mark a run failed, which ends what runs of it')
    .argument('<name>')
    .argument('<dag>')
    .argument('<run>')
    .action(async (...[connection, dag, run, , command]: [string, string, string, object, Command]) => {
      const { api, out } = contextOf(command)
      const failed = await api.airflow.markFailed.mutate({ connection, dag, run })
      out.result(failed, () => `${run} is marked failed.`)
    })
  ofTask(airflow.command('logs'))
    .option('--try <number>', 'which try; the last one otherwise')
    .action(async (...[connection, dag, run, task, options, command]: TaskArguments<{ try?: string }>) => {
      const { api, out } = contextOf(command)
      const ref = { connection, dag, run, task }
      const last = async () => (await api.airflow.task.query(ref)).instance.tryNumber
      const logs = await api.airflow.logs.query({ ...ref, try: Number(options.try ?? (await last())) })
      const lines = logs.lines.map(({ at, text }) => (at === null ? text : `${at} ${text}`))
      out.result(logs, () => [...lines, ...(logs.cut === null ? [] : [logs.cut])].join('\n'))
    })
}

function addClear(airflow: Command): void {
  airflow
    .command('clear')
    .description('have tasks of a run run again; shows which ones, and does it with --yes')
    .argument('<name>')
    .argument('<dag>')
    .argument('<run>')
    .option(
      '--task <id>',
      'may be repeated; every task otherwise',
      (id: string, ids: string[]) => [...ids, id],
      [],
    )
    .option('--only-failed', 'only those that failed')
    .option('--yes', 'do it')
    .action(
      async (
        ...[connection, dag, run, options, command]: [string, string, string, ClearOptions, Command]
      ) => {
        const { api, out } = contextOf(command)
        const wish = { connection, dag, run, tasks: options.task, onlyFailed: options.onlyFailed === true }
        const plan = await api.airflow.planClear.query(wish)
        const rows = plan.tasks.map(({ task, state }) => [task, airflowState(state).word])
        if (options.yes !== true) {
          out.result(plan, () => `${table(['task', 'state'], rows)}\nNothing is cleared yet: add --yes.`)
          return
        }
        const cleared = await api.airflow.clear.mutate({ ...wish, expected: plan.tasks.length })
        out.result(
          cleared,
          () => `Cleared ${cleared.cleared}: ${plan.tasks.map(({ task }) => task).join(', ')}.`,
        )
      },
    )
}
