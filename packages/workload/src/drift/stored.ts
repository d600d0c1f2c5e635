import type { DriftedObject } from '@fairlead/contracts/drift'
import { z } from 'zod'

const wantedSchema = z.object({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
  /** Whose fields may be taken: those that were shown to the person. */
  managers: z.array(z.string()),
})
/** Somebody's word that a target be put back. */
export type Wanted = z.infer<typeof wantedSchema>
export const wantedOf = (column: unknown): Wanted | null => wantedSchema.nullable().catch(null).parse(column)

const objectsSchema = z.array(z.looseObject({ kind: z.string(), name: z.string(), change: z.string() }))
/** Written by us alone: its outline is enough of a check. */
export const driftedOf = (column: unknown): readonly DriftedObject[] =>
  objectsSchema.safeParse(column).success ? (column as readonly DriftedObject[]) : []
