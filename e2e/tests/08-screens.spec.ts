import { judgePages, themes } from '../story/judge-pages'
import { pages } from '../story/pages'
import { expect, story } from '../story/world'

for (const theme of themes)
  story(
    `every page in ${theme} has no serious accessibility finding, no console error, and fits three sizes`,
    async ({ world }, info) => {
      story.setTimeout(1_200_000)
      expect(await judgePages(await world.browserOf('Ada'), { pages, theme, info })).toEqual([])
    },
  )
