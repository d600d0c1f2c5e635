import { FairleadError } from '@fairlead/contracts/errors'
import type { HumanTaskList, HumanTaskView } from '@fairlead/contracts/airflow-human'
import type { Command } from 'commander'
import { z } from 'zod'
import { age, table } from '../output'
import { ofTask, type TaskArguments } from './airflow-task'
import { collect, contextOf } from './command-context'

interface AnswerOptions {
  readonly option: string[]
  readonly param: string[]
  readonly index?: string
  readonly reason: string
}

/** What tasks of Airflow ask people, and the answers. */
export function addAirflowQuestions(airflow: Command): void {
  airflow
    .command('tasks')
    .description('tasks that wait for people; of every connection, or of one')
    .argument('[name]')
    .action(async (name: string | undefined, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const names = name === undefined ? (await api.airflow.list.query({})).map((each) => each.name) : [name]
      const lists = await Promise.all(
        names.map(async (connection) => ({
          connection,
          ...(await api.airflow.humanTasks.query({ connection })),
        })),
      )
      out.result(lists, () => tasksText(lists))
    })
  ofTask(airflow.command('answer'))
    .description('answer a task that waits for people')
    .option('--option <option>', 'what is chosen; may be repeated where several may be', collect, [])
    .option('--param <name=value>', 'a parameter, as JSON or as plain text; may be repeated', collect, [])
    .option('--index <number>', 'of a mapped task')
    .option('--reason <text>', 'stands in the audit log', '')
    .action(async (...[connection, dag, run, task, options, command]: TaskArguments<AnswerOptions>) => {
      const { api, out } = contextOf(command)
      const ref = { dag, run, task, mapIndex: Number(options.index ?? -1) }
      const { tasks } = await api.airflow.humanTasks.query({ connection })
      const asked = tasks.find((each) => isOf(each, ref))
      if (asked === undefined)
        throw new FairleadError('not_found', `${task} of ${run} asks nothing now.`, {
          remedy: `fairlead airflow tasks ${connection} lists what waits for people.`,
        })
      const { option, reason } = options
      const params = Object.fromEntries(options.param.map(paramOf))
      const { askedAt } = asked
      out.result(
        await api.airflow.answer.mutate({ connection, ...ref, askedAt, options: option, params, reason }),
        () => `Answered ${option.join(', ')} to "${asked.subject}".`,
      )
    })
}

type Ref = Pick<HumanTaskView, 'dag' | 'run' | 'task' | 'mapIndex'>
const isOf = (task: HumanTaskView, ref: Ref): boolean =>
  task.dag === ref.dag && task.run === ref.run && task.task === ref.task && task.mapIndex === ref.mapIndex

function paramOf(text: string): [string, z.core.util.JSONType] {
  const at = text.indexOf('=')
  if (at < 1)
    throw new FairleadError('invalid', `--param ${text} names no parameter.`, {
      expected: '--param amount=5',
    })
  const value = text.slice(at + 1)
  try {
    return [text.slice(0, at), z.json().parse(JSON.parse(value))]
  } catch {
    return [text.slice(0, at), value]
  }
}

function tasksText(lists: readonly (HumanTaskList & { readonly connection: string })[]): string {
  const rows = lists.flatMap(({ connection, tasks }) =>
    tasks.map(({ dag, run, task, mapIndex, subject, options, askedAt }) => [
      connection,
      dag,
      run,
      mapIndex < 0 ? task : `${task}[${mapIndex}]`,
      age(askedAt),
      options.join(' | '),
      subject,
    ]),
  )
  const cut = lists.reduce((sum, each) => sum + each.cut, 0)
  if (rows.length === 0) return 'No task of Airflow waits for people.'
  const text = table(['airflow', 'dag', 'run', 'task', 'asks since', 'options', 'subject'], rows)
  return cut === 0 ? text : `${text}\n${cut} more are on Airflow’s own page.`
}
