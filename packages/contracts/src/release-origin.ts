import { z } from 'zod'

/** Where the objects of a release came from: kept with it, so that it can be told without asking anybody. */
export const releaseOriginSchema = z.object({
  kind: z.enum(['git', 'kustomize', 'helm']),
  /** Of Git, or of charts; `oci://…` is a registry. */
  repository: z.string(),
  ref: z.string().nullable(),
  path: z.string().nullable(),
  commit: z.string().nullable(),
  subject: z.string().nullable(),
  author: z.string().nullable(),
  committedAt: z.string().nullable(),
  chart: z.string().nullable(),
  version: z.string().nullable(),
  /** Of a chart's archive by its repository's index, or of its manifest in a registry: `sha256:…`. */
  digest: z.string().nullable().default(null),
  /** Of what made the objects, such as `helm v3.19.5`; null where files were taken as they are. */
  renderer: z.string().nullable(),
})
export type ReleaseOrigin = z.infer<typeof releaseOriginSchema>
