import { queueRun, storeWorkflow, type StoredWorkflow } from '@fairlead/workflow/testing/workflow-scene'
import { pause } from './wait'
import type { EngineBench } from './workflow-engine'

export interface Took {
  readonly seconds: number
  readonly cpuMs: number
  readonly statements: number
}

export const store = (engine: EngineBench, source: string): Promise<StoredWorkflow> =>
  storeWorkflow(engine.db, source)

/** From the bell until every run is over; queueing them is not measured. */
export async function measure(engine: EngineBench, stored: StoredWorkflow, runs: number): Promise<Took> {
  const ids: string[] = []
  engine.hold(true)
  const items = stored.compiled.document.spec.parameters['items']?.['default']
  const parameters = items === undefined ? {} : { items }
  for (let at = 0; at < runs; at++) ids.push(await queueRun(engine.db, stored, parameters))
  await pause(200)
  const [cpu, statements, startedAt] = [engine.cpu(), engine.statements(), performance.now()]
  await engine.ring(ids)
  engine.hold(false)
  const workflowId = stored.workflow.id
  while ((await engine.db.workflowRun.count({ where: { workflowId, finishedAt: null } })) > 0) await pause(10)
  const seconds = (performance.now() - startedAt) / 1000
  const failed = await engine.db.workflowRun.count({ where: { workflowId, state: { not: 'succeeded' } } })
  if (failed > 0) throw new Error(`${failed} runs did not succeed.`)
  return { seconds, cpuMs: engine.cpu() - cpu, statements: engine.statements() - statements }
}
