import type { RunTask } from '@fairlead/contracts/workflow'
import { runStates, taskStates } from '@fairlead/contracts/workflow-states'
import type { Api } from './session'

export interface TaskLine {
  readonly task: string
  readonly index: number
  readonly attempt: number
  readonly at: string | null
  readonly text: string
}

interface Place {
  readonly attempt: number
  /** Null: nothing more will come of this attempt. */
  readonly cursor: string | null | undefined
  readonly missing: string | null
}

type Wanted = Pick<RunTask, 'id' | 'index' | 'attempts'>

/** Reads logs of tasks piece by piece: each line of an attempt once, and a new attempt from its start. */
export function createLogReader(api: Pick<Api, 'run'>, run: string, give: (line: TaskLine) => void) {
  const places = new Map<string, Place>()
  const readOne = async (task: Wanted, only: number | undefined): Promise<void> => {
    const key = `${task.id}[${task.index}]`
    const attempt = only ?? task.attempts
    const known = places.get(key)
    let place = known?.attempt === attempt ? known : { attempt, cursor: undefined, missing: null }
    while (place.cursor !== null) {
      const ref = { run, task: task.id, index: task.index, attempt }
      const page = await api.run.logs.query({ ...ref, cursor: place.cursor ?? null })
      for (const { at, text } of page.lines) give({ task: task.id, index: task.index, attempt, at, text })
      const moved = page.lines.length > 0 && page.cursor !== place.cursor
      place = { attempt, cursor: page.cursor, missing: page.missing }
      places.set(key, place)
      if (!moved) return
    }
  }
  return {
    read: async (tasks: readonly Wanted[], attempt?: number): Promise<void> => {
      for (const task of tasks) if (attempt !== undefined || task.attempts > 0) await readOne(task, attempt)
    },
    /** What could not be had, by task. */
    missing: (): string[] =>
      [...places].flatMap(([key, { missing }]) =>
        missing === null ? [] : [`${key.replace('[-1]', '')}: ${missing}`],
      ),
    done: (): boolean => [...places.values()].every(({ cursor }) => cursor === null),
  }
}

const pageSize = 1_000

/** What of a run has logs: its tasks, and of a fan-out its indexes. */
export async function tasksWithLogs(
  { run: api }: Pick<Api, 'run'>,
  run: string,
  wanted: { readonly task?: string; readonly index?: number },
): Promise<{ tasks: readonly RunTask[]; over: boolean }> {
  if (wanted.task !== undefined && wanted.index !== undefined) {
    const task = await api.task.query({ run, task: wanted.task, index: wanted.index })
    return { tasks: [task], over: taskStates[task.state].terminal }
  }
  const whole =
    wanted.task === undefined
      ? await api.get.query({ run })
      : { state: null, tasks: [await api.task.query({ run, task: wanted.task })] }
  const tasks: RunTask[] = []
  for (const task of whole.tasks) {
    if (task.indexes === null) {
      tasks.push(task)
      continue
    }
    for (let after = -1; after < task.indexes.size - 1; after += pageSize)
      tasks.push(...(await api.indexes.query({ run, task: task.id, after, limit: pageSize })).tasks)
  }
  const over =
    whole.state === null
      ? whole.tasks.every(({ state }) => taskStates[state].terminal)
      : runStates[whole.state].terminal
  return { tasks, over }
}
