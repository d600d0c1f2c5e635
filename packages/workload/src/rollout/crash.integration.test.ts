import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlace, rolloutsOf, startProcess } from '../testing/crash-place'
import { crashStories, type CrashStory } from '../testing/crash-stories'
import { crashWorld } from '../testing/crash-world'
import { createScene, type Scene } from '../testing/scene'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.drop())

/** Told by one process after the other, each of which dies at the first point of which `isLast` says so. */
async function tell(story: CrashStory, isLast: (point: string) => boolean) {
  const place = await openPlace(scene, story.stage ?? (() => ({})))
  const spared = await startProcess(place, () => false)
  for (const step of story.before ?? []) await step(place, spared)
  const points = new Set<string>()
  const passed = (point: string): boolean => {
    const isNew = !points.has(point)
    points.add(point)
    return isNew && isLast(point)
  }
  let process = await startProcess(place, passed)
  for (const step of story.steps)
    for (let done = false; !done;)
      try {
        await step(place, process)
        done = true
      } catch (error) {
        if (!process.life.dead) throw error
        process = await startProcess(place, passed)
      }
  const ends = (await rolloutsOf(place)).map(({ state }) => state)
  const world = await crashWorld(place)
  await place.close()
  return { world, ends, points: [...points] }
}

/** What changes a cluster, and every commit that the audit log speaks of: the rest may depend on how long a wait was. */
const isSure = (point: string): boolean => / \/api|auditEntry/.test(point)

describe('processes killed at every write, to the cluster or to PostgreSQL, each where it got further', () => {
  for (const [name, story] of Object.entries(crashStories))
    it(`${name}: the world is as if nobody had been`, { timeout: 600_000 }, async () => {
      const alive = await tell(story, () => false)
      expect(alive.ends).toEqual(story.ends)
      const died = new Set<string>()
      const left = (): string[] => alive.points.filter((point) => isSure(point) && !died.has(point))
      // Who goes on after a death may take another way than who lives: what that leaves out is for the next telling.
      for (let before = -1; left().length > 0 && died.size > before;) {
        before = died.size
        const killed = await tell(story, (point) => !died.has(point) && died.add(point) !== null)
        expect(killed.world).toEqual(alive.world)
      }
      expect(left()).toEqual([])
    })
})
