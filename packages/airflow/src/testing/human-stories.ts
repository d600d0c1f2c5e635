import type { HumanTaskView } from '@fairlead/contracts/airflow-human'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventually, type AirflowScene } from './airflow-scene'

/** What tasks of Airflow ask people, answered from Fairlead. */
export function humanStories(sceneOf: () => AirflowScene, connection: string): void {
  describe('a task that asks people', () => {
    let scene: AirflowScene
    beforeAll(() => {
      scene = sceneOf()
    })
    const answer = (person: 'ada' | 'dan', task: HumanTaskView, given: object) => {
      const { dag, run, task: id, mapIndex, askedAt } = task
      const ref = { connection, dag, run, task: id, mapIndex, askedAt, options: ['Approve'] }
      return scene.call(person, 'airflow.answer', { ...ref, ...given })
    }

    it('is answered once, through Airflow, by who may, and the audit log has who', async () => {
      const { run } = await scene.call('dan', 'airflow.trigger', {
        connection,
        dag: 'asks',
        key: 'a-question',
      })
      const { tasks, mine } = await eventually('both tasks ask', async () => {
        const list = await scene.call('dan', 'airflow.humanTasks', { connection })
        return list.tasks.length === 2 ? list : null
      })
      expect(mine).toMatchObject({ passed: false, reason: expect.stringContaining('approver') })
      const [approve, choose] = tasks.toSorted((one, other) => one.task.localeCompare(other.task))
      if (approve === undefined || choose === undefined) throw new Error('two tasks were listed')
      expect(approve).toMatchObject({
        dag: 'asks',
        run,
        task: 'approve',
        subject: 'Ship it?',
        options: ['Approve', 'Reject'],
        params: [{ name: 'amount', value: 5, description: 'how many' }, { name: 'note' }],
        link: `${scene.airflow.url}/dags/asks/runs/${run}/tasks/approve/required_actions`,
      })
      expect(choose).toMatchObject({ multiple: true, assignedTo: ['Bob'] })

      await expect(answer('dan', approve, {})).rejects.toMatchObject({ code: 'forbidden' })
      await expect(answer('ada', approve, { askedAt: '2026-01-01T00:00:00Z' })).rejects.toMatchObject({
        code: 'stale',
      })
      await expect(answer('ada', approve, { params: { amount: 0 } })).rejects.toMatchObject({
        code: 'invalid',
        detail: { path: 'parameters.amount' },
      })
      await expect(answer('ada', approve, { options: ['Perhaps'] })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('Invalid options'),
      })
      await expect(answer('ada', choose, { options: ['red'] })).rejects.toMatchObject({
        code: 'airflow_refused',
        message: expect.stringContaining('not a respondent'),
      })

      const given = { params: { amount: 7 }, reason: 'It is ready.' }
      expect(await answer('ada', approve, given)).toEqual({ done: true })
      await expect(answer('ada', approve, { options: ['Reject'] })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('answered already: Approve'),
      })
      expect(await scene.audited('airflow.answer')).toMatchObject({ outcome: 'failed' })
      const done = await scene.database.db.auditEntry.findFirstOrThrow({
        where: { action: 'airflow.answer', outcome: 'done' },
      })
      expect(done).toMatchObject({
        actorId: 'ada',
        subjectName: 'nightly/asks',
        detail: {
          run,
          task: 'approve',
          options: ['Approve'],
          parameters: ['amount'],
          reason: 'It is ready.',
        },
      })
      await eventually('what waited for the answer ran', async () => {
        const { tasks: instances } = await scene.call('dan', 'airflow.run', { connection, dag: 'asks', run })
        return instances.some(({ task, state }) => task === 'ship' && state === 'success') ? true : null
      })

      await scene.call('dan', 'airflow.markFailed', { connection, dag: 'asks', run })
      await eventually('nobody is asked any more', async () => {
        const list = await scene.call('dan', 'airflow.humanTasks', { connection })
        return list.tasks.length === 0 ? true : null
      })
    })
  })
}
