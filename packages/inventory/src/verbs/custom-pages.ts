import { FairleadError } from '@fairlead/contracts/errors'
import type { ServerTable } from '@fairlead/kube/table'
import { z } from 'zod'

/** Namespaces in the order in which they are asked; null asks for all of them at once, or for a kind that has none. */
export type AskedNamespaces = readonly (string | null)[]

interface Place {
  readonly namespace: string | null
  readonly continue: string
}

export interface Wanted {
  readonly namespaces: AskedNamespaces
  readonly cursor: string | undefined
  readonly limit: number
  ask(page: Place & { readonly limit: number }): Promise<ServerTable>
}

export interface Pages {
  readonly columns: ServerTable['columns']
  readonly rows: ServerTable['rows']
  readonly next: string | null
  readonly remaining: number | null
}

/** Namespaces may be many and empty; whoever sees hundreds gets them in several answers. */
const mostAsked = 20

const placeSchema = z.tuple([z.string().max(63).nullable(), z.string().max(6_000)])
const cursorOf = ({ namespace, continue: token }: Place): string =>
  Buffer.from(JSON.stringify([namespace, token])).toString('base64url')

/** A cursor is the caller's word: it leads only to namespaces that the caller may see now. */
function placeOf(cursor: string, namespaces: AskedNamespaces): { index: number; continue: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // Judged below, as anything else that we didn't write.
  }
  const place = placeSchema.safeParse(value)
  const index = place.success ? namespaces.indexOf(place.data[0]) : -1
  if (!place.success || index < 0)
    throw new FairleadError('stale', 'The list can’t be continued from here.', { path: 'cursor' })
  return { index, continue: place.data[1] }
}

const sameColumns = (left: ServerTable['columns'], right: ServerTable['columns']): boolean =>
  left.length === right.length && left.every(({ name }, index) => name === right[index]?.name)

/** Rows of one namespace after the other, up to the limit, with the place to go on from. */
export async function readPages({ namespaces, cursor, limit, ask }: Wanted): Promise<Pages> {
  const rows: ServerTable['rows'][number][] = []
  let columns: ServerTable['columns'] | null = null
  let remaining: number | null = null
  let at = cursor === undefined ? { index: 0, continue: '' } : placeOf(cursor, namespaces)
  for (let asked = 0; asked < mostAsked && rows.length < limit; asked++) {
    const namespace = namespaces[at.index]
    if (namespace === undefined) break
    const page = await ask({ namespace, continue: at.continue, limit: limit - rows.length })
    columns ??= page.columns
    if (!sameColumns(columns, page.columns))
      throw new FairleadError('stale', 'The columns have changed while the list was read.')
    for (const row of page.rows) rows.push(row)
    remaining = page.remaining
    at = page.next === '' ? { index: at.index + 1, continue: '' } : { ...at, continue: page.next }
  }
  const onward = namespaces[at.index]
  return {
    columns: columns ?? [],
    rows,
    next: onward === undefined ? null : cursorOf({ namespace: onward, continue: at.continue }),
    // Of one namespace among several it says nothing of the whole.
    remaining: namespaces.length === 1 ? (onward === undefined ? 0 : remaining) : null,
  }
}
