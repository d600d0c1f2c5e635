import type { HumanTask } from '@fairlead/contracts/airflow-human'
import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { paramsOf } from './answers'
import { query, runPath, segment, type InstanceRef } from './paths'
import type { Session } from './session'

export interface AskedTask extends HumanTask {
  /** Null while nobody has answered. */
  readonly answer: { readonly by: string; readonly options: readonly string[] } | null
}
/** Airflow 3.1 and later: what before it does not exist is an empty list. */
export interface HumanTasks {
  /** Those that wait for an answer, the oldest first; at most `mostListed`. */
  humanTasks(): Promise<{ readonly items: readonly HumanTask[]; readonly total: number }>
  humanTask(ref: InstanceRef): Promise<AskedTask>
  answer(
    ref: InstanceRef,
    answer: { readonly options: readonly string[]; readonly params: Readonly<Record<string, unknown>> },
  ): Promise<void>
}

const mostListed = 100

const userSchema = z.object({ id: z.string(), name: z.string() })
const detailSchema = z
  .object({
    task_instance: z.object({
      dag_id: z.string(),
      dag_run_id: z.string(),
      task_id: z.string(),
      map_index: z.number().int().nullish(),
      state: z.string().nullish(),
    }),
    options: z.array(z.string()),
    subject: z.string(),
    body: z.string().nullish(),
    defaults: z.array(z.string()).nullish(),
    multiple: z.boolean().nullish(),
    params: z.record(z.string(), z.unknown()).nullish(),
    assigned_users: z.array(userSchema).nullish(),
    created_at: z.string(),
    response_received: z.boolean().nullish(),
    responded_by_user: userSchema.nullish(),
    chosen_options: z.array(z.string()).nullish(),
  })
  .transform(({ task_instance: instance, ...asked }): AskedTask => ({
    dag: instance.dag_id,
    run: instance.dag_run_id,
    task: instance.task_id,
    mapIndex: instance.map_index ?? -1,
    state: instance.state ?? null,
    subject: asked.subject,
    body: asked.body ?? null,
    options: asked.options,
    multiple: asked.multiple === true,
    defaults: asked.defaults ?? [],
    params: paramsOf(asked.params ?? {}),
    assignedTo: (asked.assigned_users ?? []).map(({ name }) => name),
    askedAt: asked.created_at,
    answer:
      asked.response_received === true
        ? { by: asked.responded_by_user?.name ?? 'somebody', options: asked.chosen_options ?? [] }
        : null,
  }))
const detailsSchema = z.object({ hitl_details: z.array(detailSchema), total_entries: z.number().int() })

const pathOf = (ref: InstanceRef): string =>
  `${runPath(ref)}/taskInstances/${segment(ref.task)}/${ref.mapIndex}/hitlDetails`

export function answering(session: Session): HumanTasks {
  return {
    humanTasks: async () => {
      const states = waitingStates(await session.detect())
      if (states.length === 0) return { items: [], total: 0 }
      const wish = { response_received: false, state: states, limit: mostListed, order_by: 'created_at' }
      const path = `/dags/~/dagRuns/~/hitlDetails${query(wish)}`
      const page = await session.askJson({ method: 'GET', path }, detailsSchema)
      return { items: page.hitl_details.map(({ answer: _, ...task }) => task), total: page.total_entries }
    },
    humanTask: (ref) => session.askJson({ method: 'GET', path: pathOf(ref) }, detailSchema),
    answer: async (ref, { options, params }) => {
      const body = { chosen_options: options, params_input: params }
      await session.ask({ method: 'PATCH', path: pathOf(ref), body }).catch((error: unknown) => {
        throw explained(error)
      })
    },
  }
}

/** In which states a task of this Airflow waits for people: one that ended for lack of an answer asks nobody any more. */
function waitingStates({ version }: { readonly version: string }): readonly string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 3 || (major === 3 && minor < 1)) return []
  return major > 3 || minor >= 3 ? ['awaiting_input', 'deferred'] : ['deferred']
}

function explained(error: unknown): unknown {
  if (!isFairleadError(error)) return error
  if (error.code === 'conflict')
    return new FairleadError('conflict', 'Somebody has answered this meanwhile.', {
      remedy: 'Airflow takes one answer alone; its page shows which.',
    })
  if (error.code === 'airflow_refused')
    return new FairleadError('airflow_refused', error.message, {
      remedy:
        'Airflow asks the people alone to whom the task is assigned, and Fairlead answers as the user of its connection. Answer on Airflow’s own page, or have that user assigned too.',
    })
  return error
}
