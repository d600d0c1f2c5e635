import type { PodOwner } from '@fairlead/contracts/airflow-pods'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { AirflowClient } from '../client/airflow-client'
import { isId, type Origin, type SaidId } from './pod-labels'

type Asked = Pick<AirflowClient, 'dags' | 'dag' | 'run' | 'runs' | 'instances'>

/** Pods live as long as their runs, so theirs are among the newest. */
const [mostDags, mostRuns] = [1_000, 500] as const

/** The task instance of this Airflow for which a pod was made; null: it has none of that kind. */
export async function findOwner(client: Asked, origin: Origin): Promise<Omit<PodOwner, 'connection'> | null> {
  if (origin.run === null) return null
  const dag = await findDag(client, origin.dag)
  const run = dag === null ? null : await findRun(client, dag, origin.run)
  if (dag === null || run === null) return null
  const { items } = await client.instances({ dag, run })
  const instance = items.find(({ task, mapIndex }) => isId(origin.task, task) && mapIndex === origin.mapIndex)
  return instance === undefined ? null : { dag, run, task: instance.task, mapIndex: instance.mapIndex }
}

function findDag(client: Asked, said: SaidId): Promise<string | null> {
  if (said.exact) return orNull(async () => (await client.dag(said.text)).dag.dag)
  return among(mostDags, said, async (offset) => {
    const { items } = await client.dags({ offset, text: '' })
    return items.map(({ dag }) => dag)
  })
}

function findRun(client: Asked, dag: string, said: SaidId): Promise<string | null> {
  if (said.exact) return orNull(async () => (await client.run({ dag, run: said.text })).run)
  return among(mostRuns, said, async (offset) => {
    const { items } = await client.runs(dag, offset)
    return items.map(({ run }) => run)
  })
}

/** Pages of ids, until one of them is what the pod means. */
async function among(
  most: number,
  said: SaidId,
  page: (offset: number) => Promise<readonly string[]>,
): Promise<string | null> {
  for (let offset = 0; offset < most;) {
    const ids = await page(offset)
    const found = ids.find((id) => isId(said, id))
    if (found !== undefined) return found
    if (ids.length === 0) return null
    offset += ids.length
  }
  return null
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  }
}
