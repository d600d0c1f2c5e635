import { afterEach, describe, expect, it } from 'vitest'
import { closeServers, serve, token, type Replies } from '../testing/answering-server'

afterEach(closeServers)

/** As Airflow 3.3.2 answers, without what is not read. */
const detail = {
  options: ['Approve', 'Reject'],
  subject: 'Ship it?',
  body: null,
  defaults: null,
  multiple: false,
  params: { amount: { value: 5, description: 'how many', schema: { type: 'integer' } } },
  assigned_users: [{ id: 'bob', name: 'Bob' }],
  created_at: '2026-11-28T08:00:00.123456Z',
  responded_by_user: null,
  chosen_options: null,
  response_received: false,
  task_instance: {
    dag_id: 'asks',
    dag_run_id: 'r',
    task_id: 'approve',
    map_index: -1,
    state: 'awaiting_input',
  },
}
const airflow =
  (version: string, more: Replies = () => undefined): Replies =>
  (heard) => {
    const api = version.startsWith('3.') ? 'v2' : 'v1'
    if (heard.line === `GET /api/${api}/version`) return { text: JSON.stringify({ version }) }
    if (heard.line === 'POST /auth/token') return token('t')
    if (heard.line.includes('/dags/~/dagRuns/~/hitlDetails'))
      return { text: JSON.stringify({ hitl_details: [detail], total_entries: 3 }) }
    return more(heard)
  }
const ref = { dag: 'asks', run: 'r', task: 'approve', mapIndex: -1 }

describe('tasks that wait for people', () => {
  it.each([
    ['2.10.4', []],
    ['3.0.6', []],
    ['3.1.0', ['deferred']],
    ['3.3.2', ['awaiting_input', 'deferred']],
    ['3.10.0', ['awaiting_input', 'deferred']],
  ])('are asked of Airflow %s in the states that it knows: %s', async (version, states) => {
    const { client, heard } = await serve(airflow(version))
    const { items, total } = await client.humanTasks()
    const asked = heard.flatMap(({ line }) => {
      const [, query] = /hitlDetails\?(\S+)/.exec(line) ?? []
      return new URLSearchParams(query).getAll('state')
    })
    expect(asked).toEqual(states)
    expect({ listed: items.length, total }).toEqual(
      states.length === 0 ? { listed: 0, total: 0 } : { listed: 1, total: 3 },
    )
  })

  it('are told as they are', async () => {
    const { client } = await serve(airflow('3.3.2'))
    const { items } = await client.humanTasks()
    expect(items).toEqual([
      {
        ...ref,
        state: 'awaiting_input',
        subject: 'Ship it?',
        body: null,
        options: ['Approve', 'Reject'],
        multiple: false,
        defaults: [],
        params: [{ name: 'amount', value: 5, description: 'how many', schema: { type: 'integer' } }],
        assignedTo: ['Bob'],
        askedAt: '2026-11-28T08:00:00.123456Z',
      },
    ])
  })

  it('are answered at their index, with options and parameters', async () => {
    const { client, heard } = await serve(
      airflow('3.3.2', ({ line }) => (line.startsWith('PATCH') ? { text: '{}' } : undefined)),
    )
    await client.answer({ ...ref, mapIndex: 4 }, { options: ['Approve'], params: { amount: 7 } })
    expect(heard.at(-1)).toMatchObject({
      line: 'PATCH /api/v2/dags/asks/dagRuns/r/taskInstances/approve/4/hitlDetails',
      body: JSON.stringify({ chosen_options: ['Approve'], params_input: { amount: 7 } }),
    })
  })

  it.each([
    [409, 'conflict', /Somebody has answered this meanwhile/, /one answer alone/],
    [403, 'airflow_refused', /not a respondent/, /to whom the task is assigned/],
    [400, 'invalid', /not a respondent/, undefined],
  ])('refuse an answer with what to do: %i', async (status, code, words, remedy) => {
    const { client } = await serve(
      airflow('3.3.2', () => ({ status, text: '{"detail":"User=x is not a respondent for the task."}' })),
    )
    await expect(client.answer(ref, { options: ['Approve'], params: {} })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
      detail: remedy === undefined ? {} : { remedy: expect.stringMatching(remedy) },
    })
  })
})
