import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'

/** The server's own columns: the oracle for ours, and all that there is for kinds that we don't know. */
export interface ServerTable {
  /** `priority` 0 is shown by `kubectl get`, 1 by `-o wide`. */
  readonly columns: readonly {
    readonly name: string
    readonly description: string
    readonly priority: number
  }[]
  readonly rows: readonly {
    readonly namespace: string | null
    readonly name: string
    /** In column order, as text; nothing where the server has nothing, as kubectl prints it. */
    readonly cells: readonly string[]
  }[]
  /** Continue token of the next page; '' at the end. */
  readonly next: string
  /** How many rows come after this page, where the server counts them. */
  readonly remaining: number | null
}

export interface TableTarget {
  readonly apiVersion: string
  readonly plural: string
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  /** Most rows of a page; without it all come at once. */
  readonly limit?: number | undefined
  /** `next` of the page before. */
  readonly continue?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const cell = z
  .unknown()
  .transform((value) =>
    typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value),
  )
const tableSchema = z.object({
  metadata: z
    .object({ continue: z.string().default(''), remainingItemCount: z.number().nullable().default(null) })
    .default({ continue: '', remainingItemCount: null }),
  columnDefinitions: z.array(
    z.object({ name: z.string(), description: z.string().default(''), priority: z.number().default(0) }),
  ),
  rows: z
    .array(
      z.object({
        cells: z.array(cell),
        object: z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) }),
      }),
    )
    .nullish(),
})

/** One page. A continue token that has expired is `stale`. */
export async function listAsTable(client: KubeClient, target: TableTarget): Promise<ServerTable> {
  const body = await client.json({
    path: resourcePath(target.apiVersion, target.plural, { namespace: target.namespace }),
    query: {
      labelSelector: target.labelSelector === '' ? undefined : target.labelSelector,
      limit: target.limit,
      continue: target.continue === '' ? undefined : target.continue,
    },
    accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    signal: target.signal,
  })
  const table = tableSchema.safeParse(body)
  if (!table.success)
    throw new FairleadError('unavailable', `${client.server} did not answer with a table of ${target.plural}`)
  const { columnDefinitions, rows, metadata } = table.data
  return {
    columns: columnDefinitions,
    rows: (rows ?? []).map(({ cells, object }) => ({
      namespace: object.metadata.namespace ?? null,
      name: object.metadata.name,
      cells,
    })),
    next: metadata.continue,
    remaining: metadata.remainingItemCount,
  }
}
