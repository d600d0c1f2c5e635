import { expect, it } from 'vitest'
import { createEndings } from './at-end'

it('ends what is open once, newest first, also when one of them fails', async () => {
  const ended: string[] = []
  const { atEnd, endAll } = createEndings()
  const note = (name: string) => async (): Promise<void> => void ended.push(name)
  atEnd(note('first'))
  const early = atEnd(note('early'))
  atEnd(() => Promise.reject(new Error('refused')))
  atEnd(note('last'))
  await early()
  await Promise.all([endAll(), early()])
  await endAll()
  expect(ended).toEqual(['early', 'last', 'first'])
})
