import type { ServerTable } from '@fairlead/kube/table'
import { describe, expect, it } from 'vitest'
import { readPages, type AskedNamespaces } from './custom-pages'

const columns = [{ name: 'Name', description: '', priority: 0 }]

/** As an API server pages: names in order, a continue token that is the place of the next one. */
function serverOf(objects: Readonly<Record<string, number>>, headings = columns) {
  const asked: string[] = []
  return {
    asked,
    ask: async (page: {
      namespace: string | null
      continue: string
      limit: number
    }): Promise<ServerTable> => {
      asked.push(page.namespace ?? '*')
      const among = page.namespace === null ? Object.keys(objects) : [page.namespace]
      const all = among.flatMap((namespace) =>
        Array.from({ length: objects[namespace] ?? 0 }, (_, n) => ({
          namespace,
          name: `${namespace}-${n}`,
          cells: [`${namespace}-${n}`],
        })),
      )
      const from = page.continue === '' ? 0 : Number(page.continue)
      const rows = all.slice(from, from + page.limit)
      const end = from + rows.length
      const more = end < all.length
      return {
        columns: headings,
        rows,
        next: more ? String(end) : '',
        remaining: more ? all.length - end : null,
      }
    },
  }
}

async function readAll(
  objects: Readonly<Record<string, number>>,
  namespaces: AskedNamespaces,
  limit: number,
) {
  const server = serverOf(objects)
  const names: string[] = []
  const sizes: number[] = []
  let cursor: string | undefined
  do {
    const page = await readPages({ namespaces, cursor, limit, ask: server.ask })
    for (const row of page.rows) names.push(row.name)
    sizes.push(page.rows.length)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return { names, sizes, asked: server.asked }
}

describe('pages of a list', () => {
  it('come from one question each where all namespaces are seen', async () => {
    const { names, sizes, asked } = await readAll({ a: 3, b: 2 }, [null], 2)
    expect(names).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1'])
    expect(sizes).toEqual([2, 2, 1])
    expect(asked).toEqual(['*', '*', '*'])
  })

  it('ask for no namespace but those given, one after the other, nothing twice and nothing left out', async () => {
    const { names, sizes, asked } = await readAll({ a: 3, b: 2, c: 1, hidden: 9 }, ['a', 'b', 'c'], 2)
    expect(names).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1', 'c-0'])
    expect(sizes).toEqual([2, 2, 2])
    expect(new Set(asked)).toEqual(new Set(['a', 'b', 'c']))
  })

  it('go on where many namespaces are empty, without a storm of questions for one answer', async () => {
    const namespaces = Array.from({ length: 50 }, (_, n) => `n${n}`)
    const { names, sizes } = await readAll({ n49: 1 }, namespaces, 10)
    expect(names).toEqual(['n49-0'])
    expect(sizes).toEqual([0, 0, 1])
  })

  it('have the columns also where there is no row', async () => {
    const page = await readPages({
      namespaces: ['a', 'b'],
      cursor: undefined,
      limit: 5,
      ask: serverOf({}).ask,
    })
    expect(page).toEqual({ columns, rows: [], next: null, remaining: null })
  })

  it('say how many remain where the server counts them, and nothing of several namespaces', async () => {
    const wanted = { cursor: undefined, limit: 2, ask: serverOf({ a: 5, b: 5 }).ask }
    expect((await readPages({ ...wanted, namespaces: [null] })).remaining).toBe(8)
    expect((await readPages({ ...wanted, namespaces: ['a', 'b'] })).remaining).toBeNull()
  })

  it.each([
    ['nonsense', 'nonsense'],
    ['a namespace that is not seen (any more)', Buffer.from('["hidden",""]').toString('base64url')],
    ['all namespaces', Buffer.from('[null,""]').toString('base64url')],
    ['something of another shape', Buffer.from('{"namespace":"a"}').toString('base64url')],
  ])('are not continued at %s', async (_name, cursor) => {
    const server = serverOf({ a: 1, hidden: 1 })
    const asked = readPages({ namespaces: ['a'], cursor, limit: 2, ask: server.ask })
    await expect(asked).rejects.toMatchObject({ code: 'stale' })
    expect(server.asked).toEqual([])
  })

  it('are not put together when the columns change between them', async () => {
    const one = serverOf({ a: 1, b: 1 })
    const two = serverOf({ a: 1, b: 1 }, [...columns, { name: 'Ready', description: '', priority: 0 }])
    const asked = readPages({
      namespaces: ['a', 'b'],
      cursor: undefined,
      limit: 5,
      ask: (page) => (page.namespace === 'a' ? one : two).ask(page),
    })
    await expect(asked).rejects.toMatchObject({ code: 'stale' })
  })
})
