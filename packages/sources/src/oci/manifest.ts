import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'

export const manifestTypes = {
  image: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
} as const
/** Helm's own, of what it pushes. */
export const chartTypes = {
  config: 'application/vnd.cncf.helm.config.v1+json',
  archive: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
} as const

const digestPattern = /^sha256:[0-9a-f]{64}$/
export const isDigest = (text: string): boolean => digestPattern.test(text)

const descriptorSchema = z.object({
  mediaType: z.string(),
  digest: z.string(),
  size: z.number().int().nonnegative(),
  artifactType: z.string().optional(),
})
type Descriptor = z.infer<typeof descriptorSchema>
const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  config: descriptorSchema,
  layers: z.array(descriptorSchema).max(100),
})
const indexSchema = z.object({
  schemaVersion: z.literal(2),
  manifests: z.array(descriptorSchema).max(1_000),
})

export interface Blob {
  readonly digest: string
  readonly size: number
}
export type Manifest =
  | { readonly kind: 'chart'; readonly archive: Blob }
  /** The digest of the manifest that it names for the chart. */
  | { readonly kind: 'index'; readonly chart: string }

/** What a manifest names, by its bytes alone; `what` is its name in errors. */
export function readManifest(bytes: Buffer, what: string): Manifest {
  const value = jsonOf(bytes)
  // Two readers may see two things in what is both (CVE-2021-41190): it is refused.
  if (value !== null && 'manifests' in value && ('layers' in value || 'config' in value))
    throw notChart(what, 'a manifest and an index at once')
  const index = indexSchema.safeParse(value)
  if (index.success) return { kind: 'index', chart: chartOf(index.data.manifests, what) }
  const manifest = manifestSchema.safeParse(value)
  if (!manifest.success) throw notChart(what, 'no manifest of OCI')
  return { kind: 'chart', archive: archiveOf(manifest.data, what) }
}

/** An index names variants of one thing; a chart has none, so it is the one that says that it is a chart, or the only one. */
function chartOf(manifests: readonly Descriptor[], what: string): string {
  const images = manifests.filter(({ mediaType }) => mediaType === manifestTypes.image)
  const charts = images.filter(({ artifactType }) => artifactType === chartTypes.config)
  const [only, ...others] = charts.length > 0 ? charts : images
  if (only === undefined || others.length > 0)
    throw notChart(what, `an index of ${manifests.length} manifests`)
  return sha256(only.digest, what)
}

function archiveOf({ config, layers }: z.infer<typeof manifestSchema>, what: string): Blob {
  if (config.mediaType !== chartTypes.config) throw notChart(what, config.mediaType.slice(0, 200))
  // A signature of Helm's may lie beside it, as a layer of another type.
  const [archive, ...others] = layers.filter(({ mediaType }) => mediaType === chartTypes.archive)
  if (archive === undefined || others.length > 0)
    throw notChart(what, `${others.length > 0 ? others.length + 1 : 0} archives`)
  return { digest: sha256(archive.digest, what), size: archive.size }
}

function sha256(digest: string, what: string): string {
  if (isDigest(digest)) return digest
  throw new FairleadError('invalid', `${what} is named by a digest that is not read here.`, {
    found: digest.slice(0, 200),
    expected: 'a SHA-256 digest',
  })
}

const notChart = (what: string, found: string): FairleadError =>
  new FairleadError('invalid', `${what} is not a Helm chart.`, {
    found,
    expected: `a manifest with the configuration ${chartTypes.config} and one archive, as "helm push" makes it`,
    remedy: 'Correct spec.source.helm, or push the chart with Helm. The last release stays as it is.',
  })

function jsonOf(bytes: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
