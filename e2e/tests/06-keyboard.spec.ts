import type { Page } from '@playwright/test'
import { expect, story } from '../story/world'

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const activeRow = (page: Page) => page.locator('tr[data-active]')
const openTab = (page: Page) => page.getByRole('main').locator('nav [aria-current=page]')

/** The keys work once the page has come alive, which a person sees by the live connection standing. */
const alive = (page: Page): Promise<void> => expect(page.getByRole('status').getByText('Live')).toBeAttached()

story('the keyboard alone leads from the fleet to the logs and the YAML of a workload', async ({ world }) => {
  const { page } = await world.browserOf('Ada')
  await alive(page)

  await story.step('the palette finds a page by its name', async () => {
    await press(page, 'Control+k')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type('rollouts')
    await expect(palette.getByRole('option', { name: /Rollouts/ })).toHaveAttribute('aria-selected', 'true')
    await press(page, 'Enter')
    await page.waitForURL('**/rollouts')
    await expect(palette).toHaveCount(0)
  })

  await story.step('g and a letter lead to an area', async () => {
    await press(page, 'g', 'o')
    await page.waitForURL('**/workloads')
    await expect(page.getByRole('row').filter({ hasText: 'coredns' }).first()).toBeVisible()
  })

  await story.step('j and k move through the rows', async () => {
    await press(page, 'j')
    await expect(activeRow(page)).toHaveAttribute('data-row-index', '0')
    await press(page, 'j')
    await expect(activeRow(page)).toHaveAttribute('data-row-index', '1')
    await expect(activeRow(page)).toBeFocused()
    await press(page, 'k')
    await expect(activeRow(page)).toHaveAttribute('data-row-index', '0')
  })

  await story.step('Enter opens the row', async () => {
    await press(page, 'Enter')
    await page.waitForURL('**/workloads/*/deployments/*/*')
    await expect(openTab(page)).toHaveText(/^Overview/)
  })

  await story.step('l shows the logs, y the YAML', async () => {
    await press(page, 'l')
    await page.waitForURL('**tab=logs')
    await expect(openTab(page)).toHaveText(/^Logs/)
    await press(page, 'y')
    await page.waitForURL('**tab=yaml')
    await expect(openTab(page)).toHaveText(/^YAML/)
    await expect(page.getByText('apiVersion').first()).toBeVisible()
  })

  await story.step('? shows the keys, Escape closes them', async () => {
    await press(page, '?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(help.getByText('Logs', { exact: true })).toBeVisible()
    await press(page, 'Escape')
    await expect(help).toHaveCount(0)
  })
})
