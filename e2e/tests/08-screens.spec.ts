import AxeBuilder from '@axe-core/playwright'
import { pages, settled } from '../story/pages'
import { expect, story } from '../story/world'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

for (const theme of ['light', 'dark'] as const)
  story(
    `every page in ${theme} has no serious accessibility finding, no console error, and fits three sizes`,
    async ({ world }, info) => {
      story.setTimeout(1_200_000)
      const person = await world.browserOf('Ada')
      const problems: string[] = []
      person.page.on(
        'console',
        (message) => message.type() === 'error' && problems.push(`${person.page.url()}: ${message.text()}`),
      )
      person.page.on('pageerror', (error) => problems.push(`${person.page.url()}: ${error.message}`))
      await person.page.emulateMedia({ colorScheme: theme })
      for (const [name, address] of Object.entries(pages)) {
        await person.page.setViewportSize(sizes[0] ?? { width: 1440, height: 900 })
        await person.page.goto(await address(person))
        await settled(person.page)
        const { violations } = await new AxeBuilder({ page: person.page }).analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            problems.push(
              `${name} ${theme}: ${id} at ${nodes
                .map((node) => node.target.join(' '))
                .slice(0, 3)
                .join('; ')}`,
            )
        for (const size of sizes) {
          await person.page.setViewportSize(size)
          await person.page.waitForTimeout(150)
          const overflow = await person.page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          if (overflow > 0) problems.push(`${name} at ${size.width}: ${overflow} px too wide`)
          await person.page.screenshot({ path: info.outputPath(`${name}-${theme}-${size.width}.png`) })
        }
      }
      expect(problems).toEqual([])
    },
  )
