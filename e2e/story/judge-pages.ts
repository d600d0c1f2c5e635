import AxeBuilder from '@axe-core/playwright'
import type { TestInfo } from '@playwright/test'
import { settled } from './pages'
import type { Person } from './world'

export const themes = ['light', 'dark'] as const
const wide = { width: 1440, height: 900 }
const sizes = [wide, { width: 1024, height: 768 }, { width: 390, height: 844 }]

type Pages = Readonly<Record<string, (person: Person) => Promise<string>>>

/** What is wrong with these pages: serious findings of axe, errors in the console, and what does not fit three sizes. */
export async function judgePages(
  person: Person,
  { pages, theme, info }: { pages: Pages; theme: (typeof themes)[number]; info: TestInfo },
): Promise<readonly string[]> {
  const { page } = person
  const problems: string[] = []
  page.on(
    'console',
    (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`),
  )
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  await page.emulateMedia({ colorScheme: theme })
  for (const [name, address] of Object.entries(pages)) {
    await page.setViewportSize(wide)
    await page.goto(await address(person))
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        problems.push(
          `${name} ${theme}: ${id} at ${nodes
            .map((node) => node.target.join(' '))
            .slice(0, 3)
            .join('; ')}`,
        )
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.waitForTimeout(150)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) problems.push(`${name} at ${size.width}: ${overflow} px too wide`)
      await page.screenshot({ path: info.outputPath(`${name}-${theme}-${size.width}.png`) })
    }
  }
  return problems
}
