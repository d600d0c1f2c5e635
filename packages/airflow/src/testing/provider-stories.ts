import { createLocalEngine, type LocalEngine } from '@fairlead/workflow/testing/local-engine'
import { storeWorkflow } from '@fairlead/workflow/testing/workflow-scene'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, type AirflowScene } from './airflow-scene'
import { fairleadHttp } from './fairlead-http'

const dag = 'settles'
const settle = JSON.stringify({
  apiVersion: 'fairlead.dev/v1',
  kind: 'Workflow',
  metadata: { name: 'settle', project: 'shop' },
  spec: {
    parameters: { day: { type: 'string', maxLength: 9 } },
    tasks: [{ id: 'rest', wait: { for: '1s' } }],
  },
})

/** infra/airflow-provider in a real Airflow: its tasks order from Fairlead by its HTTP API and a token. */
export function providerStories(sceneOf: () => AirflowScene, connection: string): void {
  describe('a task of Airflow’s', () => {
    let scene: AirflowScene
    let engine: LocalEngine
    let door: { close(): void }
    beforeAll(async () => {
      scene = sceneOf()
      const { db } = scene.database
      await storeWorkflow(db, settle, scene.shop)
      engine = createLocalEngine({ db, runner: noRunner, clusters: [] })
      door = await fairleadHttp(db, scene.fairleadPort)
    })
    afterAll(async () => {
      door.close()
      await engine.close()
    })
    const detailOf = (run: string) => scene.call('dan', 'airflow.run', { connection, dag, run })
    const taskOf = async (run: string, name: string) =>
      (await detailOf(run)).tasks.find(({ task }) => task === name)?.state

    it('waits for a rollout, and then for a run of a workflow that it started', async () => {
      const { db } = scene.database
      const rollout = await aRollout(scene)
      const { run } = await scene.call('dan', 'airflow.trigger', { connection, dag, key: 'rollout-first' })
      await eventually('the sensor looks', async () =>
        (await taskOf(run, 'released')) === 'running' ? true : null,
      )
      expect(await db.workflowRun.count({ where: { workflow: { name: 'settle' } } })).toBe(0)
      await db.rollout.update({ where: { id: rollout }, data: { state: 'succeeded' } })
      await eventually('the DAG run succeeded', async () =>
        (await detailOf(run)).run.state === 'success' ? true : null,
      )
      expect(await db.workflowRun.findMany({ where: { workflow: { name: 'settle' } } })).toMatchObject([
        {
          state: 'succeeded',
          parameters: { day: 'monday' },
          key: expect.stringMatching(/^airflow\/[0-9a-f]{40}$/),
          requesterName: 'Otto (token airflow)',
        },
      ])
    })

    it('fails at once and in Fairlead’s words when Fairlead refuses', async () => {
      const { db } = scene.database
      const before = await db.workflowRun.count()
      const refused = [
        { key: 'no-such-workflow', conf: { workflow: 'unknown' }, words: /no such workflow.*\(not_found\)/ },
        {
          key: 'bad-parameter',
          conf: { day: 'far too long' },
          words: /parameters\.day: expected .*maxLength.*\(invalid\)/,
        },
      ]
      for (const { key, conf } of refused)
        await scene.call('dan', 'airflow.trigger', { connection, dag, key, conf })
      for (const { key, words } of refused) {
        const run = `fairlead__${key}`
        await eventually(`${key} failed`, async () =>
          (await detailOf(run)).run.state === 'failed' ? true : null,
        )
        const ref = { connection, dag, run, task: 'settle' }
        // It has three more tries, which would not help.
        const { tries } = await scene.call('dan', 'airflow.tries', ref)
        expect(tries).toMatchObject([{ tryNumber: 1, state: 'failed' }])
        const { lines } = await scene.call('dan', 'airflow.logs', { ...ref, try: 1 })
        expect(lines.map(({ text }) => text).join('\n')).toMatch(words)
      }
      expect(await db.workflowRun.count()).toBe(before)
    })
  })
}

const never = () => Promise.reject(new Error('Nothing runs here.'))
const noRunner = {
  start: never,
  // oxlint-disable-next-line require-yield
  observe: async function* () {},
  cancel: never,
  cleanup: never,
  logs: never,
  capacity: never,
}

/** That goes on until the test says otherwise. */
async function aRollout({ database: { db }, shop }: AirflowScene): Promise<string> {
  const { id: applicationId } = await db.application.create({
    data: { projectId: shop, name: 'web', document: {} },
  })
  const author = { authorId: 'otto', authorName: 'Otto' }
  const { id: releaseId } = await db.release.create({
    data: { applicationId, number: 1, digest: '', manifests: [], images: [], source: {}, ...author },
  })
  const { id } = await db.rollout.create({
    data: {
      applicationId,
      number: 1,
      kind: 'deploy',
      state: 'running',
      releaseId,
      requesterId: 'otto',
      requesterName: 'Otto',
      stages: [],
    },
  })
  return id
}
