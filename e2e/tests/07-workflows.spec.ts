import type { Page } from '@playwright/test'
import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { processesBelow } from '../story/processes'
import { deploys, itReaches, theImagesAre, theRunReaches } from '../story/when'
import { opens } from '../story/pages'
import { expect, story, type World } from '../story/world'

const project = 'batch'
const namespace = 'batch'

const script = (text: string): string => `{ command: [sh, -c, ${JSON.stringify(text)}] }`
const head = (name: string, more = ''): string => `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: ${name}, project: ${project} }
spec:
${more}  defaults: { cluster: staging, namespace: ${namespace}, image: "localhost/busybox:1" }
  tasks:
`
const settlement = `${head('settlement', '  parameters: { day: { type: string, format: date, default: "2026-03-01" } }\n')}    - id: list
      run: ${script('echo "listing for $DAY"; echo \'{"shops":["north","south"]}\' > $FAIRLEAD_OUTPUT').replace(' }', ', env: { DAY: "${{ parameters.day }}" } }')}
      outputs: { shops: { type: array, items: { type: string } } }
    - id: settle
      needs: [list]
      forEach: "\${{ tasks.list.outputs.shops }}"
      run: ${script('echo settled ${{ item }}')}
    - id: large-amount
      needs: [settle]
      approval: { quorum: 1, message: "Publish \${{ parameters.day }}?" }
    - id: publish
      needs: [large-amount]
      cluster: production
      run: ${script('echo published')}
`

/** Types as a person does who pastes a document into the editor. */
async function paste(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Workflow document' })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(text)
}

const jobsOf = async (world: World, cluster: string): Promise<readonly string[]> => {
  const list = await kubectl(world, cluster, 'get', 'jobs', '-n', namespace, '-o', 'name')
  return list.split('\n').filter((line) => line !== '')
}

story(
  'a workflow is written on the screen, with its graph beside it and its mistakes at their lines',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    for (const cluster of ['staging', 'production']) await given.namespace(world, cluster, namespace)
    await given.project(api, project, namespace)
    await given.person(world, api, 'Eva', 'approver', project)

    await opens(page, '/workflows/new')
    await paste(page, settlement.replace('needs: [settle]', 'needs: [nobody]'))
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText('nobody')
    await paste(page, settlement)
    await expect(page.getByText('large-amount').first()).toBeVisible()
    await page.getByRole('button', { name: 'Create workflow' }).click()
    await page.waitForURL(`**/workflows/${project}/settlement**`)
  },
)

story(
  'it is run with parameters, spans two clusters, and a second person approves what Ada asked for',
  async ({ world }) => {
    const [ada, eva] = [await world.browserOf('Ada'), await world.browserOf('Eva')]
    await opens(ada.page, `/workflows/${project}/settlement`)
    await ada.page.getByRole('button', { name: 'Run', exact: true }).click()
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByLabel('day').fill('2026-03-29')
    await dialog.getByRole('button', { name: 'Run' }).click()
    await ada.page.waitForURL('**/runs/**')
    const run = new URL(ada.page.url()).pathname.split('/').at(-1) ?? ''

    await expect
      .poll(
        async () =>
          (await ada.api.run.get.query({ run })).tasks.find(({ id }) => id === 'large-amount')?.state,
        { timeout: 300_000 },
      )
      .toBe('awaiting_approval')
    await opens(ada.page, `/runs/${run}?task=list&tab=logs`)
    await expect(ada.page.getByText('listing for 2026-03-29')).toBeVisible()

    const asked = (await ada.api.run.approvals.query({})).find((item) => item.run.id === run)
    expect(asked?.approval.mine.passed).toBe(false)
    await opens(eva.page, `/runs/${run}?task=large-amount&tab=approval`)
    await expect(eva.page.getByText('Publish 2026-03-29?').first()).toBeVisible()
    await eva.page.getByRole('button', { name: 'Approve' }).click()
    await eva.page.getByRole('dialog').last().getByLabel('Reason').fill('The amounts are right.')
    await eva.page.getByRole('dialog').last().getByRole('button', { name: 'Approve' }).click()
    await theRunReaches(ada.api, run, ['succeeded'])
    const publish = await ada.api.run.task.query({ run, task: 'publish' })
    expect(publish.attemptList.map(({ cluster, state }) => [cluster, state])).toEqual([
      ['production', 'succeeded'],
    ])
    const { lines } = await ada.api.run.logs.query({ run, task: 'settle', index: 1 })
    expect(lines.map(({ text }) => text)).toEqual(['settled south'])
    await opens(ada.page, `/runs/${run}`)
    await expect(ada.page.getByText('Succeeded').first()).toBeVisible()
    await expect.poll(() => jobsOf(world, 'staging'), { timeout: 300_000 }).toEqual([])
  },
)

story(
  'an attempt that ran out of memory is tried again with more, and a clear runs a task and what follows again',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    const eat = 'x=a; for i in $(seq 23); do x=$x$x; done; echo ate ${#x}'
    await api.workflow.apply.mutate({
      document: `${head('hungry')}    - id: eat
      run: { command: [sh, -c, ${JSON.stringify(eat)}], resources: { requests: { memory: 16Mi }, limits: { memory: 16Mi } } }
      retries: { max: 3, backoff: { initial: 1s, jitter: false }, onOom: { memory: 4x } }
    - id: after
      needs: [eat]
      run: ${script('echo after')}
`,
    })
    const { run } = await api.workflow.start.mutate({ project, workflow: 'hungry' })
    await theRunReaches(api, run, ['succeeded'])
    const eaten = await api.run.task.query({ run, task: 'eat' })
    const attempts = [...eaten.attemptList].sort((a, b) => a.number - b.number)
    expect(attempts.map(({ state }) => state)).toEqual([
      ...attempts.slice(1).map(() => 'failed'),
      'succeeded',
    ])
    expect(attempts.length).toBeGreaterThan(1)
    expect(attempts.slice(0, -1).map(({ cause }) => cause)).toEqual(attempts.slice(1).map(() => 'oom'))
    expect(JSON.stringify(attempts.at(-1)?.spec)).not.toContain('"16Mi"')
    await opens(page, `/runs/${run}?task=eat&tab=attempts`)
    await expect(page.getByText('Out of memory').first()).toBeVisible()

    await opens(page, `/runs/${run}`)
    await page.getByRole('button', { name: 'Clear and re-run' }).click()
    const preview = await api.run.planClear.query({ run })
    expect(preview.tasks.map(({ id }) => id)).toEqual(['eat', 'after'])
    await page.getByRole('button', { name: 'Clear 2' }).click()
    await expect
      .poll(async () => (await api.run.task.query({ run, task: 'after' })).attempts, { timeout: 300_000 })
      .toBe(2)
    await theRunReaches(api, run, ['succeeded'])
  },
)

story(
  'a week over a change of the clock is backfilled: one run a day, each at the local hour',
  async ({ world }, { retry }) => {
    const { api, page } = await world.browserOf('Ada')
    const nightly = retry === 0 ? 'nightly' : `nightly-${retry}`
    await api.workflow.apply.mutate({
      document: `${head(nightly, '  schedule: { cron: "30 2 * * *", timezone: Europe/Kyiv, catchup: none }\n')}    - id: day
      run: ${script('echo ${{ string(run.nominalTime).substring(0, 10) }}')}
`,
    })
    await opens(page, `/workflows/${project}/${nightly}?tab=backfill`)
    await page.getByRole('textbox', { name: 'From' }).fill('2026-03-26T00:00')
    await page.getByRole('textbox', { name: 'To' }).fill('2026-04-01T12:00')
    await page.getByRole('button', { name: /^Backfill 7 runs/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Backfill 7 runs/ })
      .click()
    const runsOf = async () => api.run.list.query({ project, workflow: nightly })
    await expect
      .poll(async () => (await runsOf()).filter(({ state }) => state === 'succeeded').length, {
        timeout: 300_000,
      })
      .toBe(7)
    const days = await Promise.all(
      (await runsOf()).map(async ({ id }) =>
        (await api.run.logs.query({ run: id, task: 'day' })).lines.map(({ text }) => text),
      ),
    )
    expect(days.flat().sort()).toEqual(
      ['26', '27', '28', '29', '30', '31'].map((day) => `2026-03-${day}`).concat('2026-04-01'),
    )
  },
)

story(
  'a pod that is deleted, and an engine that is killed, lose no attempt and double none',
  async ({ world }) => {
    const { api } = await world.browserOf('Ada')
    await api.workflow.apply.mutate({
      document: `${head('steady')}    - id: work
      forEach: "\${{ [1, 2, 3, 4, 5, 6] }}"
      run: ${script('sleep 40; echo done')}
      retries: { budgets: { lost: 2, disruption: 2 }, backoff: { initial: 1s, jitter: false } }
`,
    })
    const { run } = await api.workflow.start.mutate({ project, workflow: 'steady' })
    const running = async () =>
      (await api.run.indexes.query({ run, task: 'work' })).tasks.filter(({ state }) => state === 'running')
        .length
    // All at once: long enough for a busy machine to start the last before the first is done.
    await expect.poll(running, { timeout: 180_000 }).toBe(6)
    const pods = await kubectl(world, 'staging', 'get', 'pods', '-n', namespace, '-o', 'name')
    const victim = pods.split('\n').find((name) => name.includes('work-0')) ?? ''
    await kubectl(world, 'staging', 'delete', '-n', namespace, victim, '--grace-period=0', '--force')
    const engine = processesBelow(world.stack.pid).find(({ cwd }) => cwd.endsWith('apps/workflow-worker'))
    if (engine === undefined) throw new Error('The stack has no engine.')
    process.kill(engine.pid, 'SIGKILL')
    await theRunReaches(api, run, ['succeeded'])
    const attempts = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(
        async (index) => (await api.run.task.query({ run, task: 'work', index })).attemptList,
      ),
    )
    expect(attempts.map((list) => list.length)).toEqual([2, 1, 1, 1, 1, 1])
    expect(attempts[0]?.map(({ state }) => state).sort()).toEqual(['lost', 'succeeded'])
  },
)

story(
  'the command line applies, runs, waits and tells by its exit code how a run ended',
  async ({ world }) => {
    const { api } = await world.browserOf('Ada')
    const { secret } = await api.token.create.mutate({
      name: 'batch-ci',
      project,
      role: 'deployer',
      expires: '1d',
    })
    const ci = { url: world.stack.url, token: secret }
    const failing = `${head('failing')}    - id: fail
      run: ${script('echo broken; exit 3')}
`
    expect((await fairlead({ ...ci, input: failing }, 'apply', '-f', '-')).exitCode).toBe(0)
    const ended = await fairlead(ci, 'workflow', 'run', 'failing', '--wait', '--json')
    expect(ended.exitCode).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'failed' })
    const cyclic = failing.replace('- id: fail', '- id: fail\n      needs: [fail]')
    const refused = await fairlead({ ...ci, input: cyclic }, 'apply', '-f', '-')
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toMatch(/fail/)
  },
)

story(
  'a rollout runs a workflow before its stage and one after, and goes back when that one fails',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    const gate = (name: string, text: string): string => `${head(name)}    - id: only
      run: ${script(text)}
`
    await api.workflow.apply.mutate({ document: gate('migrate', 'echo migrated') })
    await api.workflow.apply.mutate({ document: gate('smoke', 'echo fine') })
    const application = 'batch'
    await api.application.apply.mutate({
      document: given
        .applicationDocument({ name: application, project, stages: 'staging' })
        .replace(
          '      targets:',
          '      before: [{ workflow: migrate }]\n      after: [{ workflow: smoke }]\n      targets:',
        ),
    })
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])
    const { stages } = await api.rollout.get.query({ rollout: first.rollout })
    expect(stages[0]?.gates.map(({ workflow, state }) => `${workflow} ${state}`)).toEqual([
      'migrate succeeded',
      'smoke succeeded',
    ])
    const runs = await api.run.list.query({ project })
    const gateRuns = stages[0]?.gates.map(({ run }) => run)
    expect(runs.filter(({ id }) => gateRuns?.includes(id)).map(({ trigger }) => trigger)).toEqual([
      'rollout',
      'rollout',
    ])
    await opens(page, `/rollouts/${first.rollout}`)
    await expect(page.getByRole('link', { name: /smoke/ }).first()).toBeVisible()

    await api.workflow.apply.mutate({ document: gate('smoke', 'echo broken; exit 1') })
    const second = await deploys(api, { project, application, version: '1.1.0' })
    await itReaches(api, second.rollout, ['rolled_back'])
    await theImagesAre(api, application, 'demo-web:1.0.0')
  },
)
