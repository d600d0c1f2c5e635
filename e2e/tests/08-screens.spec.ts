import { judgePage } from '../story/judge-page'
import { pages, settled } from '../story/pages'
import { expect, story } from '../story/world'

// Two stories: one that fails is told again, with its own pages alone.
const all = Object.entries(pages)
const half = Math.ceil(all.length / 2)
const parts = [all.slice(0, half), all.slice(half)]

for (const part of parts)
  story(
    `no serious accessibility finding and no console error, and three sizes fit, in light and dark: ${part[0]?.[0]} to ${part.at(-1)?.[0]}`,
    async ({ world }, info) => {
      const { page, ...person } = await world.browserOf('Ada')
      const problems: string[] = []
      page.on(
        'console',
        (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`),
      )
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
      for (const [name, address] of part) {
        await page.goto(await address({ page, ...person }))
        await settled(page)
        problems.push(...(await judgePage(page, name, info)))
      }
      expect(problems).toEqual([])
    },
  )
