import type { AirflowDb } from '@fairlead/db/views'
import type { QueryContext } from '@fairlead/kernel/context'
import type { AirflowDeps } from './airflow-deps'
import type { AirflowClient } from './client/airflow-client'
import { findConnection, type FoundConnection } from './find-connection'

/** What Airflow says, asked through the short cache; `name` distinguishes one question from another. */
export async function ask<T>(
  { connections }: AirflowDeps,
  context: QueryContext<AirflowDb>,
  question: {
    readonly connection: string
    readonly name: readonly unknown[]
    load(client: AirflowClient): Promise<T>
  },
): Promise<{ readonly value: T; readonly at: string; readonly found: FoundConnection }> {
  const found = await findConnection(context.db, context.actor, question.connection)
  const { client, key } = await connections.clientOf(found.id)
  const read = await connections.cache.read(`${key}${JSON.stringify(question.name)}`, () =>
    question.load(client),
  )
  return { ...read, found }
}
