import { airflowState } from '@fairlead/contracts/airflow'
import { dagRunId } from '@fairlead/contracts/airflow-place'
import type { LocalEngine } from '@fairlead/workflow/testing/local-engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dagGate, gateRunId } from '../dag-gate'
import { eventually, type AirflowScene } from './airflow-scene'
import { createDagRunScene } from './dag-run-scene'
import { flakyWay, type FlakyWay } from './flaky-way'

const around = 'roundabout'

/** Tasks of our workflows that are runs of DAGs, told on an Airflow that others have started and connected. */
export function dagRunStories(sceneOf: () => AirflowScene, connection: string): void {
  describe('a workflow task that is a DAG run', () => {
    let scene: AirflowScene
    let world: ReturnType<typeof createDagRunScene>
    let engine: LocalEngine
    let way: FlakyWay
    beforeAll(async () => {
      scene = sceneOf()
      way = await flakyWay(scene.airflow.url)
      const { username, password } = scene.airflow
      await scene.call('ada', 'airflow.register', {
        name: around,
        address: way.url,
        username,
        password,
        projects: ['shop'],
      })
      world = createDagRunScene(scene, [connection, around])
      engine = world.begin()
    })
    afterAll(async () => {
      await engine.close()
      way.close()
      await scene.call('ada', 'airflow.remove', { connection: around, confirm: around })
    })
    const start = async (...queued: Parameters<typeof world.queue>): Promise<string> => {
      const run = await world.queue(...queued)
      await engine.ring([{ doorbell: 'run', key: run }])
      return run
    }
    const keyOf = async (run: string): Promise<string> => {
      const [attempt, ...more] = await world.attempts(run)
      expect(more).toEqual([])
      return attempt?.key ?? ''
    }
    const inAirflow = async (dag: string, key: string) =>
      (await scene.call('dan', 'airflow.run', { connection, dag, run: dagRunId(key) })).run
    /** Until the panel of the task says so. */
    const says = (run: string, words: RegExp) =>
      eventually(`the task says ${String(words)}`, async () => {
        const { why, reason } = await world.task(run, 'dag')
        return [reason, ...why.map(({ message }) => message)].some((text) => words.test(text)) ? true : null
      })

    it('is started once although its worker dies between trigger and record, and gives its end', async () => {
      const conf = { times: '${{ parameters.times }}', from: { shops: ['${{ run.trigger }}'] } }
      const run = await world.queue(
        [
          { id: 'dag', airflow: { connection, dag: 'greets', conf }, outputs: { state: { type: 'string' } } },
          { id: 'after', needs: ['dag'], when: 'tasks.dag.outputs.state == "success"', wait: { for: '1s' } },
        ],
        { times: 2 },
        { parameters: { times: { type: 'integer' } } },
      )
      await world.dieAt(run, 'started')
      const [lost] = await world.attempts(run)
      expect(lost).toMatchObject({ state: 'intended', acceptedAt: null })
      await engine.ring([{ doorbell: 'run', key: run }])
      expect(await engine.finished(run)).toBe('succeeded')
      const key = await keyOf(run)
      expect(await inAirflow('greets', key)).toMatchObject({
        state: 'success',
        conf: { times: 2, from: { shops: ['manual'] } },
        note: expect.stringMatching(/^Started by Fairlead for shop\/.*, task dag, attempt 1$/),
      })
      const { runs } = await scene.call('dan', 'airflow.runs', { connection, dag: 'greets' })
      expect(runs.filter((one) => one.run.startsWith(dagRunId('')))).toHaveLength(1)
      const url = `${scene.airflow.url}/dags/greets/runs/${dagRunId(key)}`
      const task = await world.task(run, 'dag')
      expect(task.outputs).toEqual({ dagRunId: dagRunId(key), state: 'success', url })
      expect(task.attemptList).toMatchObject([{ state: 'succeeded', place: url }])
    })

    it('fails as its DAG run does, and names what failed in it', async () => {
      const run = await start([{ id: 'dag', airflow: { connection, dag: 'fails' } }])
      expect(await engine.finished(run)).toBe('failed')
      expect((await world.task(run, 'dag')).reason).toMatch(
        /^The DAG run fairlead-task__dag-1-\w+ of fails failed in Airflow nightly\. What failed in it: stumble\./,
      )
      expect(await world.attempts(run)).toMatchObject([{ state: 'failed', cause: 'dag_run' }])
    })

    it('is refused for good where there is no such DAG', async () => {
      const run = await start([{ id: 'dag', airflow: { connection, dag: 'nobody knows/it' } }])
      expect(await engine.finished(run)).toBe('failed')
      expect((await world.task(run, 'dag')).reason).toMatch(/none of that name/)
    })

    it('marks its DAG run failed when it is cancelled', async () => {
      const run = await start([{ id: 'dag', airflow: { connection, dag: 'lasts' } }])
      await says(run, /Attempt 1 runs/)
      await world.cancel(run)
      await engine.ring([{ doorbell: 'run', key: run }])
      expect(await engine.finished(run)).toBe('cancelled')
      expect((await inAirflow('lasts', await keyOf(run))).state).toBe('failed')
    })

    it('waits for a paused DAG, says so, and is lost when its run is deleted behind our back', async () => {
      await scene.call('dan', 'airflow.setPaused', { connection, dag: 'lasts', paused: true })
      const run = await start([
        { id: 'dag', airflow: { connection, dag: 'lasts' }, retries: { budgets: { lost: 0 } } },
      ])
      await says(run, /The DAG lasts is paused in Airflow nightly/)
      await scene.delete('lasts', dagRunId(await keyOf(run)))
      expect(await engine.finished(run)).toBe('failed')
      expect((await world.task(run, 'dag')).reason).toMatch(/not in Airflow nightly any more.*deleted there/)
      await scene.call('dan', 'airflow.setPaused', { connection, dag: 'lasts', paused: false })
    })

    it('outlives an Airflow that is away, and waits again for a run that was cleared', async () => {
      await scene.call('dan', 'airflow.setPaused', { connection, dag: 'fails', paused: true })
      const run = await start([{ id: 'dag', airflow: { connection: around, dag: 'fails' } }])
      await says(run, /The DAG fails is paused/)
      way.cut()
      await says(run, /Airflow roundabout can't be reached since \d{4}-.*nothing listens there/)
      await scene.call('dan', 'airflow.setPaused', { connection, dag: 'fails', paused: false })
      const ref = { connection, dag: 'fails', run: dagRunId(await keyOf(run)) }
      const ended = (tries: number) =>
        eventually('the DAG run ended', async () => {
          const detail = await scene.call('dan', 'airflow.run', ref)
          const done = airflowState(detail.run.state).terminal && detail.tasks[0]?.tryNumber === tries
          return done ? true : null
        })
      const order = { connection: around, dag: 'greets', conf: {} }
      const wanted = { projectId: scene.shop, order, key: 'rollout/1/staging/before/1' }
      const gate = gateOf(scene)
      const requester = { id: 'dan', name: 'rollout 1 of web' }
      expect(await gate.problemOf(wanted)).toBeNull()
      expect(await gate.runOf({ ...wanted, requester })).toMatchObject({
        kind: 'silent',
        reason: expect.stringContaining('nothing listens there'),
      })
      await ended(1)
      await scene.call('dan', 'airflow.clear', { ...ref, onlyFailed: true, expected: 1 })
      await ended(2)
      await way.mend()
      expect(await gate.standingOf(wanted)).toBeNull()
      expect(await engine.finished(run)).toBe('failed')
      expect(await world.attempts(run)).toMatchObject([{ cause: 'dag_run' }])
    })
  })

  describe('a stage of a rollout that waits for a DAG run', () => {
    it('orders one per key, which stands as Airflow says', async () => {
      const scene = sceneOf()
      const gate = gateOf(scene)
      const order = { connection, dag: 'greets', conf: { times: 2 } }
      const key = 'rollout/1/staging/before/0'
      const wanted = { projectId: scene.shop, order, key }
      const ask = () => gate.runOf({ ...wanted, requester: { id: 'dan', name: 'rollout 1 of web' } })
      const [first, second] = [await ask(), await ask()]
      expect(first).toMatchObject({ kind: 'run', id: 'fairlead-gate__rollout.1.staging.before.0' })
      expect(second).toMatchObject({ kind: 'run', id: 'fairlead-gate__rollout.1.staging.before.0' })
      await eventually('the DAG run succeeded', async () => {
        const now = await gate.standingOf(wanted)
        return now?.kind === 'run' && now.state === 'succeeded' ? now : null
      })
      const { run } = await scene.call('dan', 'airflow.run', {
        connection,
        dag: 'greets',
        run: gateRunId(key),
      })
      expect(run).toMatchObject({ conf: { times: 2 }, note: 'Started by Fairlead for rollout 1 of web' })
      expect(await gate.standingOf({ ...wanted, order: { ...order, conf: {} } })).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('other parameters'),
      })
    })

    it('is told before it begins that it can not', async () => {
      const scene = sceneOf()
      const gate = gateOf(scene)
      const order = { connection, dag: 'greets', conf: {} }
      expect(await gate.problemOf({ projectId: scene.shop, order })).toBeNull()
      expect(await gate.problemOf({ projectId: scene.shop, order: { ...order, dag: 'none' } })).toMatch(
        /There is no DAG none in Airflow nightly/,
      )
      const elsewhere = { projectId: '00000000-0000-4000-8000-000000000000', order }
      expect(await gate.problemOf(elsewhere)).toMatch(/may not use Airflow nightly/)
    })
  })
}

const gateOf = ({ database: { db }, connections }: AirflowScene) =>
  dagGate({ db, connections, clock: () => new Date() })
