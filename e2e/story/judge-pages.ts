import type { TestInfo } from '@playwright/test'
import { judgePage } from './judge-page'
import { settled } from './pages'
import type { Person } from './world'

type Pages = readonly (readonly [name: string, address: (person: Person) => Promise<string>])[]

/** What is wrong with these pages, each looked at in both themes and at three sizes, and said in the console meanwhile. */
export async function judgePages(person: Person, pages: Pages, info: TestInfo): Promise<readonly string[]> {
  const { page } = person
  const problems: string[] = []
  page.on(
    'console',
    (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`),
  )
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  for (const [name, address] of pages) {
    await page.goto(await address(person))
    await settled(page)
    problems.push(...(await judgePage(page, name, info)))
  }
  return problems
}
