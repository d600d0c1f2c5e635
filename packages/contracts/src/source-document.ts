import { z } from 'zod'
import { isRegistry, isRegistryName, repositoryAddressSchema, webAddressSchema } from './repository-address'

const refSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?!-)(?!.*(?:\.\.|@\{|\/\/|\.lock$))[A-Za-z0-9._/+-]+$/,
    'expected a branch, a tag or the 40 digits of a commit',
  )
/** Below the repository's root; "." is the root itself. */
const pathSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !path.startsWith('/') && !/[\0\\]/.test(path) && !path.split('/').includes('..'),
    'expected a path below the root of the repository, such as "deploy"',
  )
const placeSchema = z.strictObject({
  repository: webAddressSchema,
  ref: refSchema.default('main'),
  path: pathSchema.default('.'),
})
const helmSchema = z
  .strictObject({
    /** Of Git where there is a `path`, else a chart repository, or an OCI registry: `oci://…`. */
    repository: repositoryAddressSchema,
    ref: refSchema.optional(),
    path: pathSchema.optional(),
    chart: z
      .string()
      .max(300)
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'expected the name of a chart')
      .optional(),
    /** Its digest may be pinned: `1.4.2@sha256:…`, as a look says what it saw. */
    version: z
      .string()
      .max(172)
      .regex(
        /^(?=[^@]{1,100}(?:@|$))v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?(?:@sha256:[0-9a-f]{64})?$/,
        'expected one exact version, such as "1.4.2", or "1.4.2@sha256:" and its digest',
      )
      .optional(),
    /** Of a registry in a private network that speaks http. */
    plainHttp: z.boolean().optional(),
    /** Below the chart's folder, in order. */
    valueFiles: z.array(pathSchema).max(20).default([]),
    /** Laid over the files. */
    values: z.record(z.string(), z.json()).default({}),
  })
  .refine(
    ({ ref, path, chart, version, valueFiles }) =>
      path !== undefined
        ? chart === undefined && version === undefined
        : chart !== undefined && version !== undefined && ref === undefined && valueFiles.length === 0,
    'expected "repository", "ref" and "path" for a chart in Git, or "repository", "chart" and "version", without "valueFiles", for one of a chart repository or registry',
  )
  .refine(
    ({ repository, path, chart = '' }) =>
      !isRegistry(repository) || (path === undefined && isRegistryName(chart)),
    'expected "chart" in lower case, and no "path", for one of a registry',
  )
  .refine(
    ({ repository, plainHttp }) => plainHttp === undefined || isRegistry(repository),
    'expected "plainHttp" with a registry (oci://) alone: elsewhere the address says http',
  )

const everyPattern = /^(\d{1,5})([smh])$/
const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const
export const everyMs = (text: string): number => {
  const [, count = '0', unit = 's'] = everyPattern.exec(text) ?? []
  return Number(count) * unitMs[unit as keyof typeof unitMs]
}
const everySchema = z
  .string()
  .refine(
    (text) => everyPattern.test(text) && everyMs(text) >= 15_000 && everyMs(text) <= 24 * unitMs.h,
    'expected a time from "15s" to "24h", such as "3m"',
  )

/** Where the manifests of an application come from. */
export const sourceDocumentSchema = z
  .strictObject({
    /** They are given at each deploy. */
    inline: z.strictObject({}).optional(),
    /** Every YAML and JSON file of a folder in Git, and of those below it. */
    git: placeSchema.optional(),
    kustomize: placeSchema.optional(),
    helm: helmSchema.optional(),
    /** `automatic`: a new release is deployed to the first stage at once. `manual`: somebody does it. */
    on: z.enum(['manual', 'automatic']).default('manual'),
    /** How often it is looked at. */
    every: everySchema.default('3m'),
  })
  .refine(
    ({ inline, git, kustomize, helm }) =>
      [inline, git, kustomize, helm].filter((kind) => kind !== undefined).length === 1,
    'expected exactly one of "inline", "git", "kustomize" and "helm"',
  )
export type SourceDocument = z.infer<typeof sourceDocumentSchema>

type GitPlace = z.infer<typeof placeSchema>
type HelmDocument = z.infer<typeof helmSchema>
type Values = Pick<HelmDocument, 'values' | 'valueFiles'>
export interface ChartVersion {
  readonly repository: string
  readonly chart: string
  readonly version: string
  /** `sha256:…`, where the document pins it. */
  readonly digest: string | null
}
/** A chart that is kept as an archive. */
export type ArchivedChart =
  | ({ readonly from: 'repository' } & ChartVersion)
  | ({ readonly from: 'registry'; readonly plainHttp: boolean } & ChartVersion)
export type ChartPlace = ({ readonly from: 'git' } & GitPlace) | ArchivedChart

/** What is fetched and rendered, in the one shape that its readers know. */
export type PulledSource =
  | ({ readonly kind: 'git' | 'kustomize' } & GitPlace)
  | ({ readonly kind: 'helm'; readonly at: ChartPlace } & Values)

/** Null for manifests that are given at each deploy. */
export function pulledSource({ git, kustomize, helm }: SourceDocument): PulledSource | null {
  if (git !== undefined) return { kind: 'git', ...git }
  if (kustomize !== undefined) return { kind: 'kustomize', ...kustomize }
  if (helm === undefined) return null
  const { repository, ref = 'main', path, values, valueFiles } = helm
  const at: ChartPlace = path === undefined ? archivedAt(helm) : { from: 'git', repository, ref, path }
  return { kind: 'helm', at, values, valueFiles }
}

function archivedAt({ repository, chart = '', plainHttp = false, ...given }: HelmDocument): ArchivedChart {
  const [version = '', digest = null] = given.version?.split('@') ?? []
  const place = { repository, chart, version, digest }
  return isRegistry(repository) ? { from: 'registry', ...place, plainHttp } : { from: 'repository', ...place }
}

/** The address that is dialled, and that a credential is found by. */
export const addressOf = (source: PulledSource): string =>
  source.kind === 'helm' ? source.at.repository : source.repository
