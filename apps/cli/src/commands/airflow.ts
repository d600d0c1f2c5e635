import { airflowState } from '@fairlead/contracts/airflow'
import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { age, table } from '../output'
import { readInput } from '../read-input'
import { addAirflowHands } from './airflow-hands'
import { addAirflowPods } from './airflow-pods'
import { addAirflowQuestions } from './airflow-questions'
import { collect, contextOf } from './command-context'

interface LoginOptions {
  readonly username: string
  readonly passwordFile: string
}
interface AddOptions extends LoginOptions {
  readonly url: string
  readonly project: string[]
}

/** A password on the command line is read by every process of the machine: it comes from a file or standard input. */
const withLogin = (command: Command): Command =>
  command
    .requiredOption('--username <name>', 'of a user in Airflow')
    .requiredOption('--password-file <file>', 'a file that holds the password; - is standard input')
const loginOf = async ({ username, passwordFile }: LoginOptions) => ({
  username,
  password: (await readInput(passwordFile)).replace(/\r?\n$/, ''),
})

export function addAirflow(program: Command): void {
  const airflow = program
    .command('airflow')
    .description('connect installations of Apache Airflow, and use them')
  addConnections(airflow)
  addReading(airflow)
  addAirflowHands(airflow)
  addAirflowQuestions(airflow)
  addAirflowPods(airflow)
}

function addConnections(airflow: Command): void {
  withLogin(airflow.command('add').argument('<name>'))
    .requiredOption('--url <url>', 'the address under which people open Airflow')
    .option('--project <project>', 'whose people see it; may be repeated', collect, [])
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const login = await loginOf(options)
      const added = { name, address: options.url, projects: options.project, ...login }
      out.result(
        await api.airflow.register.mutate(added),
        ({ version }) => `Connected ${name}, Airflow ${version}.`,
      )
    })
  withLogin(airflow.command('rotate').argument('<name>'))
    .description('give it a new login')
    .option('--url <url>', 'a new address, too')
    .action(async (name: string, options: LoginOptions & { url?: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const address = options.url === undefined ? {} : { address: options.url }
      const rotated = { connection: name, ...address, ...(await loginOf(options)) }
      out.result(await api.airflow.rotate.mutate(rotated), () => `${name} has a new login.`)
    })
  airflow
    .command('projects')
    .description('say anew whose people see it')
    .argument('<name>')
    .argument('[project...]')
    .action(async (connection: string, projects: string[], _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const words = projects.length === 0 ? 'nobody but administrators' : projects.join(', ')
      const set = await api.airflow.setProjects.mutate({ connection, projects })
      out.result(set, () => `${connection} is seen by ${words}.`)
    })
  airflow
    .command('check')
    .argument('<name>')
    .action(async (connection: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const check = await api.airflow.check.query({ connection })
      const rows = check.steps.map(({ step, passed, message }) => [step, passed ? 'ok' : 'failed', message])
      out.result(check, () => table(['step', 'result', 'message'], rows))
      if (!check.passed) throw new Ended(exitCodes.unreachable, `The check of ${connection} failed.`)
    })
  airflow
    .command('remove')
    .argument('<name>')
    .requiredOption('--confirm <name>', 'the name once more')
    .action(async (connection: string, { confirm }: { confirm: string }, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.airflow.remove.mutate({ connection, confirm }), () => `Removed ${connection}.`)
    })
}

function addReading(airflow: Command): void {
  airflow.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    const rows = await Promise.all(
      (await api.airflow.list.query({})).map(async (row) => ({
        ...row,
        health: await api.airflow.health.query({ connection: row.name }),
      })),
    )
    out.result(rows, () =>
      table(
        ['name', 'address', 'version', 'state', 'message', 'projects'],
        rows.map(({ name, address, version, health, projects }) => [
          name,
          address,
          version,
          health.state,
          health.message,
          projects.join(', '),
        ]),
      ),
    )
  })
  airflow
    .command('dags')
    .argument('<name>')
    .option('--filter <text>', 'part of the id', '')
    .action(async (connection: string, { filter }: { filter: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const list = await api.airflow.dags.query({ connection, text: filter })
      const rows = list.dags.map(({ dag, paused, schedule }) => [
        dag,
        paused ? 'paused' : 'on',
        schedule ?? '-',
      ])
      out.result(list, () => `${table(['dag', 'state', 'schedule'], rows)}\n${rows.length} of ${list.total}`)
    })
  airflow
    .command('runs')
    .argument('<name>')
    .argument('<dag>')
    .action(async (connection: string, dag: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const list = await api.airflow.runs.query({ connection, dag })
      const rows = list.runs.map(({ run, state, type, startedAt }) => [
        run,
        airflowState(state).word,
        type,
        startedAt === null ? '-' : age(startedAt),
      ])
      out.result(
        list,
        () => `${table(['run', 'state', 'type', 'started'], rows)}\n${rows.length} of ${list.total}`,
      )
    })
  airflow
    .command('run')
    .argument('<name>')
    .argument('<dag>')
    .argument('<run>')
    .action(async (...[connection, dag, run, , command]: [string, string, string, object, Command]) => {
      const { api, out } = contextOf(command)
      const detail = await api.airflow.run.query({ connection, dag, run })
      const rows = detail.tasks.map(({ task, mapIndex, state, tryNumber }) => [
        mapIndex < 0 ? task : `${task}[${mapIndex}]`,
        airflowState(state).word,
        String(tryNumber),
      ])
      const cut = detail.cut === 0 ? '' : `\n${detail.cut} more are on Airflow’s own page.`
      out.result(
        detail,
        () =>
          `${run}: ${airflowState(detail.run.state).word}\n${table(['task', 'state', 'try'], rows)}${cut}`,
      )
    })
  airflow
    .command('import-errors')
    .argument('<name>')
    .action(async (connection: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const list = await api.airflow.importErrors.query({ connection })
      const texts = list.errors.map(({ file, trace }) => `${file}\n${trace}`)
      out.result(list, () => (texts.length === 0 ? 'Every DAG file can be read.' : texts.join('\n\n')))
    })
}
