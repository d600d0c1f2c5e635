import { z } from 'zod'
import { clusterRefSchema, type ClusterIdentity } from './cluster'
import type { Freshness } from './freshness'
import { clusterIdSchema } from './ids'

/** Name of a CustomResourceDefinition: its plural and its group, `certificates.cert-manager.io`. */
export const definitionNameSchema = z
  .string()
  .max(317)
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?){2,}$/,
    'expected the plural and the group of a CustomResourceDefinition, e.g. "certificates.cert-manager.io"',
  )

/** Most rows of one answer. */
export const customPageSize = 500

const labelKey = /^([-a-zA-Z0-9.]{1,253}\/)?[-a-zA-Z0-9._]{1,63}$/
const labelValue = /^[-a-zA-Z0-9._]{0,63}$/

export const listCustomKindsSchema = z.object({
  clusters: z.array(clusterIdSchema).default([]),
  /** Case-insensitive substring of kind or name. */
  search: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(5_000).default(5_000),
})
export const listCustomObjectsSchema = clusterRefSchema.extend({
  definition: definitionNameSchema,
  /** Without one: every namespace that the caller may see. */
  namespace: z.string().min(1).max(63).optional(),
  labels: z
    .record(z.string().regex(labelKey, 'expected the key of a label'), z.string().regex(labelValue))
    .default({}),
  limit: z.number().int().min(1).max(customPageSize).default(customPageSize),
  /** `next` of the answer before. */
  cursor: z.string().max(8_000).optional(),
})
export const customObjectRefSchema = clusterRefSchema.extend({
  definition: definitionNameSchema,
  namespace: z.string().max(63).nullable().default(null),
  name: z.string().min(1).max(253),
})

/** What a CustomResourceDefinition defines, as the watcher last saw it. */
export interface CustomKindRow {
  readonly clusterId: string
  readonly definition: string
  readonly kind: string
  readonly group: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly namespaced: boolean
}
export interface CustomKindList {
  readonly kinds: readonly CustomKindRow[]
  readonly clusters: readonly (ClusterIdentity & { readonly freshness: Freshness })[]
}

/** The same as its API server serves it now. `version` is the one that kubectl would take. */
export interface CustomKind {
  readonly definition: string
  readonly kind: string
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly namespaced: boolean
  /** Served beside it, best first. */
  readonly otherVersions: readonly string[]
}

export interface CustomColumn {
  readonly name: string
  readonly description: string
  /** Shown by `kubectl get -o wide` alone. */
  readonly wide: boolean
}

/** One page of the server's own Table: objects that nobody watches, as they were at `at`. */
export interface CustomObjectPage {
  readonly cluster: ClusterIdentity & { readonly freshness: Freshness }
  readonly kind: CustomKind
  /** After the name. */
  readonly columns: readonly CustomColumn[]
  readonly rows: readonly {
    readonly namespace: string | null
    readonly name: string
    /** In the order of `columns`; one line of plain text each. */
    readonly cells: readonly string[]
  }[]
  /** Which the caller may ask for; null for a kind that has none. */
  readonly namespaces: 'all' | readonly string[] | null
  /** Asks for what comes after; null at the end. */
  readonly next: string | null
  /** How many more the server holds, where it says so. */
  readonly remaining: number | null
  readonly at: string
}

export interface CustomObjectYaml {
  readonly cluster: ClusterIdentity & { readonly freshness: Freshness }
  readonly kind: CustomKind
  readonly yaml: string
  readonly at: string
}

/**
 * The definitions that a word of kubectl's means: plural, singular, short name or kind, and its group after a dot where
 * the word has one. Cluster by cluster; several names are an ambiguity.
 */
export function definitionsOfWord(word: string, kinds: readonly CustomKindRow[]): readonly CustomKindRow[] {
  const wanted = word.toLowerCase()
  const dot = wanted.indexOf('.')
  const name = dot < 0 ? wanted : wanted.slice(0, dot)
  const group = dot < 0 ? null : wanted.slice(dot + 1)
  return kinds.filter(
    (row) =>
      (group === null || row.group === group) &&
      [row.plural, row.singular, row.kind.toLowerCase(), ...row.shortNames].includes(name),
  )
}
