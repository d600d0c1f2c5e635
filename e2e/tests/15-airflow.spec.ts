import crypto from 'node:crypto'
import type { RunningAirflow } from '@fairlead/devairflow/airflow'
import type { Page } from '@playwright/test'
import { airflowRuns, itsDagsAreRead, theDagRunReaches } from '../story/airflow'
import * as given from '../story/given'
import { opens } from '../story/pages'
import { expect, story, type Person } from '../story/world'

const project = 'nights'
const connection = 'nightly'

let airflow: RunningAirflow
story.beforeAll(async () => {
  airflow = await airflowRuns()
})
story.afterAll(async () => {
  await airflow.stop()
})

/** By the API, for the stories after the first: told once more they run in a new process, beside a new Airflow. */
async function connected({ api }: Person): Promise<void> {
  const { url: address, username, password } = airflow
  const known = (await api.airflow.list.query({})).find(({ name }) => name === connection)
  if (known?.address === address) return
  if (known) await api.airflow.remove.mutate({ connection, confirm: connection })
  await api.airflow.register.mutate({
    name: connection,
    address,
    username,
    password,
    projects: [project],
  })
}

const runOf = (page: Page): string => decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')

story('an administrator connects an Airflow on the screen, and its DAGs stand there', async ({ world }) => {
  const { api, page } = await world.browserOf('Ada')
  await given.project(api, project, project)
  await given.person(world, api, 'Alma', 'approver', project)
  const known = await api.airflow.list.query({})
  if (known.some(({ name }) => name === connection))
    await api.airflow.remove.mutate({ connection, confirm: connection })

  await opens(page, '/workflows')
  await page.getByRole('navigation', { name: 'Workflows' }).getByRole('link', { name: 'Airflow' }).click()
  await page.getByRole('link', { name: 'Connect Airflow' }).click()
  await page.getByRole('button', { name: 'Connect Airflow' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(connection)
  await dialog.getByLabel('Address').fill(airflow.url)
  await dialog.getByLabel('User name').fill(airflow.username)
  await dialog.getByLabel('Password').fill('not the right one')
  await dialog.getByRole('checkbox', { name: project, exact: true }).click()
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expect(dialog.getByRole('alert')).toContainText('user name and password')
  await dialog.getByLabel('Password').fill(airflow.password)
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expect(dialog).toBeHidden()

  await itsDagsAreRead(api, connection)
  await opens(page, `/airflow/${connection}`)
  const dags = page.getByRole('region', { name: 'DAGs' })
  await expect(dags.getByRole('row', { name: /greets/ })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('asked')
  const errors = page.getByRole('region', { name: 'Import errors' })
  await expect(errors).toContainText('broken.py')
  await errors.getByRole('button', { name: /Show/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Import errors' })
  await expect(sheet).toContainText("this file can't be read")
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.getByRole('searchbox', { name: 'Filter DAGs' }).fill('order')
  await expect(dags.getByRole('row', { name: /greets/ })).toBeHidden()
  await expect(dags.getByRole('row', { name: /orders/ })).toBeVisible()
})

story('a DAG is triggered with a form of its own parameters, which says what is wrong', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  const { api, page } = ada
  await connected(ada)
  await itsDagsAreRead(api, connection)
  await opens(page, `/airflow/${connection}/orders`)
  await page.getByRole('button', { name: 'Trigger' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('where they come from')
  await dialog.getByRole('button', { name: 'Trigger' }).click()
  await expect(dialog).toContainText('This is needed: it has no default.')
  await dialog.getByRole('combobox', { name: /region/ }).click()
  await page.getByRole('option', { name: 'eu' }).click()
  await dialog.getByLabel('limit').fill('100')
  await dialog.getByRole('button', { name: 'Trigger' }).click()
  await expect(dialog).toContainText('At most 99.')
  await dialog.getByLabel('limit').fill('12')
  await dialog.getByRole('button', { name: 'Trigger' }).click()
  await page.waitForURL(/\/airflow\/nightly\/orders\/fairlead__/)
  const run = runOf(page)
  await theDagRunReaches(api, { connection, dag: 'orders', run }, 'success')

  const instances = page.getByRole('region', { name: 'Task instances' })
  await expect(instances.getByRole('row', { name: /count/ })).toContainText('Success')
  await instances.getByRole('link', { name: /count/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Search the log').fill('eu 12')
  await sheet.getByRole('switch', { name: 'Only matches' }).click()
  await expect(sheet.getByRole('log')).toContainText('eu 12')
  await sheet.getByRole('tab', { name: 'Rendered' }).click()
  await expect(sheet).toContainText('echo eu 12')
})

story('the log of a running task is followed, and the run is marked failed', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  const { api, page } = ada
  await connected(ada)
  await itsDagsAreRead(api, connection)
  const { run } = await api.airflow.trigger.mutate({ connection, dag: 'lasts', key: crypto.randomUUID() })
  await opens(page, `/airflow/${connection}/lasts/${run}?task=sleep`)
  const sheet = page.getByRole('dialog')
  const log = sheet.getByRole('log')
  await expect(log).toContainText(/second \d/, { timeout: 240_000 })
  await expect(sheet.getByText('followed')).toBeVisible()
  const seconds = async (): Promise<number> =>
    Math.max(0, ...[...(await log.innerText()).matchAll(/second (\d+)/g)].map(([, count]) => Number(count)))
  const before = await seconds()
  await expect.poll(seconds, { timeout: 120_000, message: 'the log goes on' }).toBeGreaterThan(before)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.getByRole('button', { name: 'Mark failed' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark failed' }).click()
  await theDagRunReaches(api, { connection, dag: 'lasts', run }, 'failed')
  await expect(page.getByRole('main').getByText('Failed').first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  const clear = page.getByRole('dialog')
  await expect(clear.getByRole('list', { name: 'Cleared' })).toContainText('sleep')
  await clear.getByRole('button', { name: 'Keep as it is' }).click()
  await expect(clear).toBeHidden()
})

story('what a task asks people is answered from the inbox, by who may', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  await connected(ada)
  await itsDagsAreRead(ada.api, connection)
  const alma = await world.browserOf('Alma')
  const { page } = alma
  const { run } = await ada.api.airflow.trigger.mutate({ connection, dag: 'asks', key: crypto.randomUUID() })
  await expect
    .poll(
      async () => {
        const { tasks } = await alma.api.airflow.humanTasks.query({ connection })
        return tasks.filter((task) => task.run === run).length
      },
      { timeout: 240_000, message: 'both tasks ask' },
    )
    .toBe(2)

  const at = (task: string): string =>
    `/approvals?item=${encodeURIComponent(`${connection}:asks:${run}:${task}:-1`)}`
  await opens(page, at('choose'))
  const main = page.getByRole('main')
  await expect(main).toContainText('Which ones?')
  await main.getByRole('checkbox', { name: 'red' }).click()
  await main.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(main.getByRole('alert')).toContainText('not a respondent')

  await opens(page, at('approve'))
  await expect(main).toContainText('Ship it?')
  await main.getByLabel('amount').fill('0')
  await main.getByRole('button', { name: 'Approve' }).click()
  await expect(main).toContainText('At least 1.')
  await main.getByLabel('amount').fill('7')
  await main.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('Answered').first()).toBeVisible()
  await expect
    .poll(
      async () => {
        const { tasks } = await alma.api.airflow.run.query({ connection, dag: 'asks', run })
        return tasks.find(({ task }) => task === 'ship')?.state
      },
      { timeout: 240_000, message: 'what waited for the answer runs' },
    )
    .toBe('success')

  // Nobody can answer the other one, and later stories want an inbox of their own.
  await ada.api.airflow.markFailed.mutate({ connection, dag: 'asks', run })
  await ada.api.airflow.remove.mutate({ connection, confirm: connection })
})
