import { z } from 'zod'
import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'

/** The server's own columns: the oracle for ours. */
export interface ServerTable {
  /** `priority` 0 is shown by `kubectl get`, 1 by `-o wide`. */
  readonly columns: readonly { readonly name: string; readonly priority: number }[]
  readonly rows: readonly {
    readonly namespace: string | null
    readonly name: string
    /** In column order, as text. */
    readonly cells: readonly string[]
  }[]
}

const cell = z.unknown().transform((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
const tableSchema = z.object({
  columnDefinitions: z.array(z.object({ name: z.string(), priority: z.number().default(0) })),
  rows: z
    .array(
      z.object({
        cells: z.array(cell),
        object: z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) }),
      }),
    )
    .nullish(),
})

export async function listAsTable(
  client: KubeClient,
  target: { readonly apiVersion: string; readonly plural: string; readonly namespace?: string | undefined },
): Promise<ServerTable> {
  const body = await client.json({
    path: resourcePath(target.apiVersion, target.plural, { namespace: target.namespace }),
    accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  })
  const table = tableSchema.parse(body)
  return {
    columns: table.columnDefinitions,
    rows: (table.rows ?? []).map(({ cells, object: { metadata } }) => ({
      namespace: metadata.namespace ?? null,
      name: metadata.name,
      cells,
    })),
  }
}
