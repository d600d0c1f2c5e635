import { dagRunId } from '@fairlead/contracts/airflow-place'
import type { LocalEngine } from '@fairlead/workflow/testing/local-engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAirflow, eventually, signIn, type AirflowScene } from './airflow-scene'
import { createDagRunScene } from './dag-run-scene'

const dag = 'confirms'

/** Airflow is stopped and started while a task of our workflow waits for a run there. */
export function restartStories(sceneOf: () => AirflowScene, connection: string): void {
  describe('a workflow task whose Airflow is started anew in the middle', () => {
    let scene: AirflowScene
    let world: ReturnType<typeof createDagRunScene>
    let engine: LocalEngine
    beforeAll(() => {
      scene = sceneOf()
      world = createDagRunScene(scene, [connection])
      engine = world.begin()
    })
    afterAll(() => engine.close())

    it('goes on with the same run, although every token of before is refused', async () => {
      const { airflow } = scene
      const run = await world.queue([{ id: 'dag', airflow: { connection, dag } }])
      await engine.ring([{ doorbell: 'run', key: run }])
      const question = await eventually('its DAG asks', async () => {
        const { tasks } = await scene.call('ada', 'airflow.humanTasks', { connection })
        return tasks.find((task) => task.dag === dag) ?? null
      })
      const token = await signIn(airflow)
      const statusOf = async () => (await askAirflow(airflow, '/dags?limit=1', { token })).status
      expect(await statusOf()).toBe(200)
      await airflow.restart()
      expect([401, 403]).toContain(await statusOf())

      const { task, mapIndex, askedAt } = question
      const ref = { connection, dag, run: question.run, task, mapIndex, askedAt }
      await scene.call('ada', 'airflow.answer', { ...ref, options: ['Approve'] })
      expect(await engine.finished(run)).toBe('succeeded')
      const attempts = await world.attempts(run)
      expect(attempts).toMatchObject([{ number: 1, state: 'succeeded' }])
      const { runs } = await scene.call('dan', 'airflow.runs', { connection, dag })
      expect(runs).toMatchObject([{ run: dagRunId(attempts[0]?.key ?? ''), state: 'success' }])
      // Airflow starts anew in here, which takes minutes on a machine that is busy.
    }, 400_000)
  })
}
