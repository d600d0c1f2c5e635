import { z } from 'zod'

const addressSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^https?:\/\/[^\s?#@]+$/, 'expected an https address without user, query or fragment')
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
  repository: addressSchema,
  ref: refSchema.default('main'),
  path: pathSchema.default('.'),
})
const helmSchema = z
  .strictObject({
    /** Of Git where there is a `path`, else a chart repository. */
    repository: addressSchema,
    ref: refSchema.optional(),
    path: pathSchema.optional(),
    chart: z
      .string()
      .max(300)
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'expected the name of a chart')
      .optional(),
    version: z
      .string()
      .max(100)
      .regex(/^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/, 'expected one exact version, such as "1.4.2"')
      .optional(),
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
    'expected "repository", "ref" and "path" for a chart in Git, or "repository", "chart" and "version", without "valueFiles", for one of a chart repository',
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
type Values = Pick<z.infer<typeof helmSchema>, 'values' | 'valueFiles'>
export type ChartPlace =
  | ({ readonly from: 'git' } & GitPlace)
  | {
      readonly from: 'repository'
      readonly repository: string
      readonly chart: string
      readonly version: string
    }

/** What is fetched and rendered, in the one shape that its readers know. */
export type PulledSource =
  | ({ readonly kind: 'git' | 'kustomize' } & GitPlace)
  | ({ readonly kind: 'helm'; readonly at: ChartPlace } & Values)

/** Null for manifests that are given at each deploy. */
export function pulledSource({ git, kustomize, helm }: SourceDocument): PulledSource | null {
  if (git !== undefined) return { kind: 'git', ...git }
  if (kustomize !== undefined) return { kind: 'kustomize', ...kustomize }
  if (helm === undefined) return null
  const { repository, ref = 'main', path, chart = '', version = '', values, valueFiles } = helm
  const at: ChartPlace =
    path === undefined
      ? { from: 'repository', repository, chart, version }
      : { from: 'git', repository, ref, path }
  return { kind: 'helm', at, values, valueFiles }
}

/** The address that is dialled, and that a credential is found by. */
export const addressOf = (source: PulledSource): string =>
  source.kind === 'helm' ? source.at.repository : source.repository
