import { judgePages } from '../story/judge-pages'
import { pages } from '../story/pages'
import { expect, story } from '../story/world'

// Two stories: one that fails is told again, with its own pages alone.
const all = Object.entries(pages)
const half = Math.ceil(all.length / 2)
const parts = [all.slice(0, half), all.slice(half)]

for (const part of parts)
  story(
    `no serious accessibility finding and no console error, and three sizes fit, in light and dark: ${part[0]?.[0]} to ${part.at(-1)?.[0]}`,
    async ({ world }, info) => {
      story.setTimeout(1_200_000)
      expect(await judgePages(await world.browserOf('Ada'), part, info)).toEqual([])
    },
  )
