import { releaseOriginSchema, type ReleaseOrigin } from '@fairlead/contracts/release-origin'
import { sourceErrorSchema, type SourceError } from '@fairlead/contracts/source'

/** JSON columns are doors. */
export const sourceErrorOf = (column: unknown): SourceError | null =>
  sourceErrorSchema.nullable().catch(null).parse(column)
/** Null of a release whose manifests were given. */
export const originOf = (column: unknown): ReleaseOrigin | null =>
  releaseOriginSchema.nullable().catch(null).parse(column)
