import type { TaskLogs } from '@fairlead/contracts/workflow'
import { describe, expect, it } from 'vitest'
import { createLogReader } from './follow-logs'
import type { Api } from './session'

/** Answers of the server, in order; asked further, it has nothing new. */
function reading(pages: readonly (Partial<TaskLogs> & { readonly texts?: readonly string[] })[]) {
  const asked: (string | null | undefined)[] = []
  const said: string[] = []
  const left = [...pages]
  const logs = {
    query: async ({ cursor }: { cursor?: string | null }): Promise<TaskLogs> => {
      asked.push(cursor)
      const { texts = [], ...page } = left.shift() ?? {}
      const lines = texts.map((text) => ({ at: null, text }))
      return { lines, cursor: cursor ?? null, archived: false, missing: null, ...page }
    },
  }
  const api = { run: { logs } } as unknown as Pick<Api, 'run'>
  const reader = createLogReader(
    api,
    'run',
    ({ task, attempt, text }) => void said.push(`${task} ${attempt} ${text}`),
  )
  return { reader, asked, said }
}
const task = (attempts: number) => ({ id: 'a', index: -1, attempts })

describe('reading logs', () => {
  it('gives each line once, and asks no more once nothing can come', async () => {
    const { reader, asked, said } = reading([
      { texts: ['one', 'two'], cursor: '2:x' },
      { cursor: '2:x' },
      { texts: ['three'], cursor: null },
    ])
    await reader.read([task(1)])
    expect([said.length, reader.done()]).toEqual([2, false])
    await reader.read([task(1)])
    await reader.read([task(1)])
    expect(said).toEqual(['a 1 one', 'a 1 two', 'a 1 three'])
    expect(asked).toEqual([null, '2:x', '2:x'])
    expect(reader.done()).toBe(true)
  })

  it('begins again with a new attempt, and leaves alone what never began', async () => {
    const { reader, said } = reading([
      { texts: ['failed'], cursor: null },
      { texts: ['again'], cursor: null },
    ])
    await reader.read([task(0)])
    await reader.read([task(1)])
    await reader.read([task(2)])
    expect(said).toEqual(['a 1 failed', 'a 2 again'])
  })

  it('says what could not be had', async () => {
    const { reader } = reading([{ missing: 'Nothing was kept.', cursor: null }])
    await reader.read([task(1)])
    expect(reader.missing()).toEqual(['a: Nothing was kept.'])
  })
})
