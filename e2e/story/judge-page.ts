import AxeBuilder from '@axe-core/playwright'
import type { Page, TestInfo } from '@playwright/test'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const [widest] = sizes
const themes = ['light', 'dark'] as const

/**
 * What is wrong with the page that is open, in both themes: serious findings of axe, and whatever is wider than the
 * screen. Leaves a picture of each size and theme.
 */
export async function judgePage(page: Page, name: string, info: TestInfo): Promise<string[]> {
  const problems: string[] = []
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    const findings = await seriousFindings(page, colorScheme === 'light' ? 'all' : 'colour')
    problems.push(...findings.map((finding) => `${name} ${colorScheme}: ${finding}`))
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.waitForTimeout(150)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) problems.push(`${name} at ${size.width}: ${overflow} px too wide`)
      await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${size.width}.png`) })
    }
    if (widest !== undefined) await page.setViewportSize(widest)
  }
  return problems
}

/** A theme changes colours and nothing else, so that the other rules need not be asked a second time. */
async function seriousFindings(page: Page, rules: 'all' | 'colour'): Promise<string[]> {
  // The legacy mode leaves out what only frames of other origins need, which is half of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (
    rules === 'colour' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe
  ).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const places = nodes.map((node) => node.target.join(' '))
      return `${id} at ${places.slice(0, 3).join('; ')}`
    })
}
