import { describe, expect, it } from 'vitest'
import { mostFailures, watchRights } from './watch-rights'

type Look = 'may' | 'may not' | 'fails' | 'hangs'

async function after(...looks: readonly Look[]) {
  const told: string[] = []
  const errors: unknown[] = []
  const answers: Readonly<Record<Look, () => Promise<string | null>>> = {
    may: () => Promise.resolve(null),
    'may not': () => Promise.resolve('lost'),
    fails: () => Promise.reject(new Error('the database is away')),
    hangs: () => new Promise(() => undefined),
  }
  const queue = [...looks]
  const check = watchRights({
    look: () => answers[queue.shift() ?? 'may'](),
    unknown: 'unknown',
    close: (why) => void told.push(why),
    onError: (error) => void errors.push(error),
  })
  for (const look of looks) {
    const checked = check()
    if (look === 'hangs') break
    await checked
  }
  return { told, errors: errors.length, check }
}
const times = (count: number, look: Look): Look[] => Array.from({ length: count }, () => look)

describe('a shell', () => {
  it.each<[string, readonly Look[], readonly string[]]>([
    ['stays while the right does', times(9, 'may'), []],
    ['ends with the right', ['may', 'may not'], ['lost']],
    ['ends once', ['may not', 'may not', 'may not'], ['lost']],
    ['outlives a look that failed', ['fails', 'may'], []],
    ['outlives failures that are not in a row', [...times(mostFailures - 1, 'fails'), 'may', 'fails'], []],
    ['ends when nobody can tell any more', times(mostFailures, 'fails'), ['unknown']],
    ['ends with the right after failures, too', ['fails', 'may not'], ['lost']],
  ])('%s', async (_name, looks, expected) => {
    const { told, errors } = await after(...looks)
    expect(told).toEqual(expected)
    expect(errors).toBe(looks.filter((look) => look === 'fails').length)
  })

  it('does not wait for a look that never comes back', async () => {
    const { told, check } = await after('hangs')
    for (let call = 0; call < mostFailures; call++) await check()
    expect(told).toEqual(['unknown'])
  })
})
