import { airflowState } from '@fairlead/contracts/airflow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dagRunStories } from './testing/dag-run-stories'
import { humanStories } from './testing/human-stories'
import { podStories } from './testing/pod-stories'
import { providerStories } from './testing/provider-stories'
import { restartStories } from './testing/restart-stories'
import { createAirflowScene, eventually, type AirflowScene } from './testing/airflow-scene'

let scene: AirflowScene
const connection = 'nightly'
const dags = ['asks', 'confirms', 'crunches', 'fails', 'greets', 'lasts', 'orders', 'settles']

beforeAll(async () => {
  scene = await createAirflowScene()
  const { url: address, username, password } = scene.airflow
  await scene.call('ada', 'airflow.register', {
    name: connection,
    address,
    username,
    password,
    projects: ['shop'],
  })
  await eventually('the DAG files were read', async () => {
    const { total } = await scene.call('dan', 'airflow.dags', { connection })
    const { total: errors } = await scene.call('dan', 'airflow.importErrors', { connection })
    return total === dags.length && errors === 1 ? true : null
  })
  // Where the cache is empty, Airflow is installed first.
}, 600_000)
afterAll(() => scene.drop())

const ended = (dag: string, run: string) =>
  eventually(`${dag} ended`, async () => {
    const detail = await scene.call('dan', 'airflow.run', { connection, dag, run })
    return airflowState(detail.run.state).terminal ? detail : null
  })

describe('a connection to a real Airflow 3', () => {
  it('is checked, and kept without its password', async () => {
    const check = await scene.call('ada', 'airflow.check', { connection })
    expect(check).toMatchObject({ passed: true, version: '3.3.2' })
    expect(await scene.call('vic', 'airflow.health', { connection })).toMatchObject({
      components: expect.arrayContaining([expect.objectContaining({ name: 'scheduler', status: 'healthy' })]),
    })
    const listed = JSON.stringify(await scene.call('ada', 'airflow.list', {}))
    expect(listed).toContain(scene.airflow.url)
    expect(listed).not.toContain(scene.airflow.password)
    const entry = await scene.audited('airflow.register')
    expect(entry).toMatchObject({ outcome: 'done', actorId: 'ada', subjectName: connection })
    expect(JSON.stringify(entry.detail)).not.toContain(scene.airflow.password)
  })

  it('is refused with the step that failed, and then not kept', async () => {
    const { url: address, username } = scene.airflow
    const given = { name: 'other', address, username, password: 'not it' }
    await expect(scene.call('ada', 'airflow.register', given)).rejects.toMatchObject({
      detail: { path: 'login' },
      message: expect.stringMatching(/does not accept the user name and password/),
    })
    await expect(
      scene.call('ada', 'airflow.rotate', { connection, username, password: 'not it' }),
    ).rejects.toMatchObject({ detail: { path: 'login' } })
    expect(await scene.call('ada', 'airflow.list', {})).toHaveLength(1)
    expect(await scene.call('ada', 'airflow.check', { connection })).toMatchObject({ passed: true })
  })

  it('is seen in the projects that were given it, and acted through with a role there', async () => {
    expect(await scene.call('eve', 'airflow.list', {})).toEqual([])
    await expect(scene.call('eve', 'airflow.dags', { connection })).rejects.toMatchObject({
      code: 'not_found',
    })
    const wish = { connection, dag: 'greets', key: 'vics-wish' }
    await expect(scene.call('vic', 'airflow.trigger', wish)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      scene.call('dan', 'airflow.remove', { connection, confirm: connection }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(scene.call('ada', 'airflow.remove', { connection, confirm: 'no' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('reading', () => {
  it('shows DAGs, their parameters, and what could not be imported', async () => {
    const list = await scene.call('vic', 'airflow.dags', { connection })
    expect(list.dags.map(({ dag }) => dag)).toEqual(dags)
    const narrowed = async (wish: { text?: string; tag?: string; paused?: boolean }) =>
      (await scene.call('vic', 'airflow.dags', { connection, ...wish })).dags.map(({ dag }) => dag)
    expect(await narrowed({ text: 'reet' })).toEqual(['greets'])
    expect(await narrowed({ tag: 'shop' })).toEqual(['orders'])
    expect(await narrowed({ paused: true })).toEqual([])
    const detail = await scene.call('vic', 'airflow.dag', { connection, dag: 'greets' })
    expect(detail.params).toMatchObject([{ name: 'times', value: 1, schema: { type: 'integer' } }])
    expect(detail.link).toBe(`${scene.airflow.url}/dags/greets`)
    const { params } = await scene.call('vic', 'airflow.dag', { connection, dag: 'orders' })
    expect(params).toMatchObject([
      { name: 'region', value: null, description: 'where they come from', schema: { enum: ['eu', 'us'] } },
      { name: 'limit', value: 10, schema: { type: 'integer', minimum: 1, maximum: 99 } },
      { name: 'since', value: null, schema: { type: ['null', 'string'], format: 'date' } },
    ])
    const { errors } = await scene.call('vic', 'airflow.importErrors', { connection })
    expect(errors).toMatchObject([
      { file: expect.stringContaining('broken.py'), trace: expect.stringContaining("can't be read") },
    ])
    await expect(scene.call('vic', 'airflow.dag', { connection, dag: 'a/b' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('hands', () => {
  it('start one run for one wish, whose tasks, fields and log can be read', async () => {
    const wish = { connection, dag: 'greets', key: 'one-wish', conf: { times: 3 } }
    const first = await scene.call('dan', 'airflow.trigger', wish)
    expect(first).toEqual({ run: 'fairlead__one-wish', created: true })
    expect(await scene.call('dan', 'airflow.trigger', wish)).toEqual({ ...first, created: false })
    const { run, tasks } = await ended('greets', first.run)
    expect(run).toMatchObject({
      state: 'success',
      conf: { times: 3 },
      note: 'Started by dan through Fairlead',
    })
    expect(tasks.map(({ task, state }) => `${task} ${state}`).sort()).toEqual([
      'bye success',
      'hello success',
    ])
    expect((await scene.call('dan', 'airflow.runs', { connection, dag: 'greets' })).total).toBe(1)
    const ref = { connection, dag: 'greets', run: first.run, task: 'hello' }
    expect((await scene.call('vic', 'airflow.task', ref)).renderedFields).toMatchObject({
      bash_command: 'echo hello 3',
    })
    const last = tasks.find(({ task }) => task === 'hello')?.tryNumber ?? 1
    const { lines } = await scene.call('vic', 'airflow.logs', { ...ref, try: last })
    expect(lines.map(({ text }) => text).join('\n')).toContain('hello 3')
    expect(await scene.audited('airflow.trigger')).toMatchObject({
      outcome: 'done',
      actorId: 'dan',
      subjectName: 'nightly/greets',
      detail: { run: first.run, parameters: ['times'] },
    })
  })

  it('are told in Airflow’s words which parameter is wrong', async () => {
    const wish = { connection, dag: 'greets', key: 'bad-wish', conf: { times: 'often' } }
    await expect(scene.call('dan', 'airflow.trigger', wish)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/times.*'often' is not of type 'integer'/),
      detail: { path: 'parameters.times' },
    })
    const nowhere = { connection, dag: 'orders', key: 'no-region' }
    await expect(scene.call('dan', 'airflow.trigger', nowhere)).rejects.toMatchObject({
      detail: { path: 'parameters.region' },
    })
    expect(await scene.audited('airflow.trigger')).toMatchObject({ outcome: 'failed' })
  })

  it('clear what the preview showed, and nothing when it would be something else', async () => {
    const { run } = await scene.call('dan', 'airflow.trigger', { connection, dag: 'fails', key: 'to-clear' })
    expect((await ended('fails', run)).run.state).toBe('failed')
    const wish = { connection, dag: 'fails', run, onlyFailed: true }
    const plan = await scene.call('dan', 'airflow.planClear', wish)
    expect(plan.tasks).toMatchObject([{ task: 'stumble', state: 'failed', tryNumber: 1 }])
    await expect(scene.call('dan', 'airflow.clear', { ...wish, expected: 5 })).rejects.toMatchObject({
      code: 'stale',
    })
    expect(await scene.call('dan', 'airflow.clear', { ...wish, expected: 1 })).toEqual({ cleared: 1 })
    await eventually('the task ran again', async () => {
      const { run: again, tasks } = await scene.call('dan', 'airflow.run', { connection, dag: 'fails', run })
      return again.state === 'failed' && tasks[0]?.tryNumber === 2 ? true : null
    })
    const task = { connection, dag: 'fails', run, task: 'stumble' }
    const { tries } = await scene.call('vic', 'airflow.tries', task)
    expect(tries.map(({ tryNumber, state }) => `${tryNumber} ${state}`)).toEqual(['1 failed', '2 failed'])
    for (const number of [1, 2]) {
      const { lines } = await scene.call('vic', 'airflow.logs', { ...task, try: number })
      expect(lines.map(({ text }) => text).join('\n')).toContain('stumbling')
    }
    const grid = await scene.call('vic', 'airflow.grid', { connection, dag: 'fails' })
    expect(grid).toMatchObject({
      tasks: ['stumble'],
      runs: [{ run: { run, state: 'failed' }, cells: { stumble: { state: 'failed', indexes: 1 } } }],
      cut: false,
    })
    const last = await scene.call('vic', 'airflow.lastRuns', { connection, dags: ['fails', 'orders'] })
    expect(last.dags).toMatchObject([
      { dag: 'fails', runs: [{ run, state: 'failed' }] },
      { dag: 'orders', runs: [] },
    ])
  })

  it('pause a DAG, and mark a run failed', async () => {
    const pausedIs = async (paused: boolean) => {
      await scene.call('dan', 'airflow.setPaused', { connection, dag: 'greets', paused })
      const { dag } = await scene.call('dan', 'airflow.dag', { connection, dag: 'greets' })
      expect(dag.paused).toBe(paused)
    }
    await pausedIs(true)
    await pausedIs(false)
    const { run } = await scene.call('dan', 'airflow.trigger', {
      connection,
      dag: 'lasts',
      key: 'to-be-failed',
    })
    await eventually('the run is under way', async () => {
      const { tasks } = await scene.call('dan', 'airflow.run', { connection, dag: 'lasts', run })
      return tasks[0]?.state === 'running' ? true : null
    })
    await scene.call('dan', 'airflow.markFailed', { connection, dag: 'lasts', run })
    expect((await ended('lasts', run)).run.state).toBe('failed')
  })
})

humanStories(() => scene, connection)
dagRunStories(() => scene, connection)
providerStories(() => scene, connection)
podStories(() => scene, connection)
restartStories(() => scene, connection)

// The last one: what comes after it would find no Airflow.
describe('an Airflow that is gone', () => {
  it('is silent, which is not its last state', async () => {
    await scene.airflow.stop()
    const health = await eventually('silence was noticed', async () => {
      const now = await scene.call('vic', 'airflow.health', { connection })
      return now.state === 'silent' ? now : null
    })
    expect(health).toMatchObject({ components: [], answeredAt: expect.any(String) })
    const check = await scene.call('ada', 'airflow.check', { connection })
    expect(check.steps.at(-1)).toMatchObject({ step: 'tcp', passed: false })
    expect(await scene.call('ada', 'airflow.remove', { connection, confirm: connection })).toEqual({
      done: true,
    })
    expect(await scene.database.db.airflowCredential.count()).toBe(0)
  })
})
