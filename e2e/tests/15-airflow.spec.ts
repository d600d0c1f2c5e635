import type { RunningAirflow } from '@fairlead/devairflow/airflow'
import type { Locator, Page } from '@playwright/test'
import {
  airflowPages,
  airflowRuns,
  itAsks,
  itsDagsAreRead,
  theDagRunReaches,
  theTaskReaches,
  triggers,
} from '../story/airflow'
import * as given from '../story/given'
import { judgePages } from '../story/judge-pages'
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

/** Presses again when Airflow gave no answer in time: what is asked for has a key, or is refused the second time. */
const pressedUntil = (button: Locator, done: (timeout: number) => Promise<void>): Promise<void> =>
  expect(async () => {
    if (await button.isVisible()) await button.click()
    await done(40_000)
  }).toPass({ timeout: 240_000 })

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
  const connect = dialog.getByRole('button', { name: 'Check and connect' })
  await pressedUntil(connect, (timeout) =>
    expect(dialog.getByRole('alert')).toContainText('user name and password', { timeout }),
  )
  await dialog.getByLabel('Password').fill(airflow.password)
  await pressedUntil(connect, (timeout) => expect(dialog).toBeHidden({ timeout }))

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
  await pressedUntil(dialog.getByRole('button', { name: 'Trigger' }), (timeout) =>
    page.waitForURL(/\/airflow\/nightly\/orders\/fairlead__/, { timeout }),
  )
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
  const run = await triggers(api, { connection, dag: 'lasts' })
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
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await pressedUntil(dialog.getByRole('button', { name: 'Mark failed' }), (timeout) =>
    expect(dialog).toBeHidden({ timeout }),
  )
  await theDagRunReaches(api, { connection, dag: 'lasts', run }, 'failed')
  await expect(page.getByRole('main').getByText('Failed').first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  const clear = page.getByRole('dialog')
  await expect(clear.getByRole('list', { name: 'Cleared' })).toContainText('sleep')
  await clear.getByRole('button', { name: 'Keep as it is' }).click()
  await expect(clear).toBeHidden()
})

story('a task whose pod does not start says why, and the pod says whose it is', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  const { api, page } = ada
  await connected(ada)
  await itsDagsAreRead(api, connection)
  const ref = { connection, dag: 'crunches' }
  const run = await triggers(api, ref)
  await opens(page, `/airflow/${connection}/crunches/${run}?task=crunch&tab=pods`)
  const pod = page.getByRole('dialog').getByRole('region', { name: /^Pod crunch/ })
  await expect(pod).toContainText('Pending', { timeout: 240_000 })
  await expect(pod).toContainText(/nodes are available|node affinity\/selector/i, { timeout: 60_000 })

  await pod.getByRole('link', { name: /crunch/ }).click()
  await page.waitForURL(/\/workloads\/staging\/pods\/default\/crunch/)
  const main = page.getByRole('main')
  await expect(main).toContainText('Made by Airflow')
  await main.getByRole('link', { name: run }).click({ timeout: 120_000 })
  await page.waitForURL((url) => url.pathname === `/airflow/${connection}/crunches/${run}`)
  await expect(async () => {
    await api.airflow.markFailed.mutate({ ...ref, run })
  }).toPass({ timeout: 240_000 })
})

story('its pages are fit for everybody, in light and dark, at three sizes', async ({ world }, info) => {
  const ada = await world.browserOf('Ada')
  const { api } = ada
  await connected(ada)
  await itsDagsAreRead(api, connection)
  const greets = await triggers(api, { connection, dag: 'greets' })
  const asks = await triggers(api, { connection, dag: 'asks' })
  await theDagRunReaches(api, { connection, dag: 'greets', run: greets }, 'success')
  await itAsks(api, connection, asks)
  expect(await judgePages(ada, airflowPages(connection, { greets, asks }), info)).toEqual([])
  // The story after this one asks in an inbox of its own.
  await expect(async () => {
    await api.airflow.markFailed.mutate({ connection, dag: 'asks', run: asks })
  }).toPass({ timeout: 240_000 })
})

story('what a task asks people is answered from the inbox, by who may', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  await connected(ada)
  await itsDagsAreRead(ada.api, connection)
  const alma = await world.browserOf('Alma')
  const { page } = alma
  const run = await triggers(ada.api, { connection, dag: 'asks' })
  await itAsks(alma.api, connection, run)

  const at = (task: string): string =>
    `/approvals?item=${encodeURIComponent(`${connection}:asks:${run}:${task}:-1`)}`
  await opens(page, at('choose'))
  const main = page.getByRole('main')
  await expect(main).toContainText('Which ones?')
  await main.getByRole('checkbox', { name: 'red' }).click()
  await pressedUntil(main.getByRole('button', { name: 'Answer', exact: true }), (timeout) =>
    expect(main.getByRole('alert')).toContainText('not a respondent', { timeout }),
  )

  await opens(page, at('approve'))
  await expect(main).toContainText('Ship it?')
  await main.getByLabel('amount').fill('0')
  await main.getByRole('button', { name: 'Approve' }).click()
  await expect(main).toContainText('At least 1.')
  await main.getByLabel('amount').fill('7')
  await pressedUntil(main.getByRole('button', { name: 'Approve' }), (timeout) =>
    expect(main.getByText('Ship it?')).toBeHidden({ timeout }),
  )
  await theTaskReaches(alma.api, { connection, dag: 'asks', run }, 'ship', 'success')

  // Nobody can answer the other one, and later stories want an inbox of their own.
  await ada.api.airflow.markFailed.mutate({ connection, dag: 'asks', run }).catch(() => undefined)
  await ada.api.airflow.remove.mutate({ connection, confirm: connection })
})
