import { z } from 'zod'
import type { ReleaseRef } from './application'
import type { ReleaseOrigin } from './release-origin'
import { applicationRefSchema } from './rollout'
import { applicationIdSchema, nameSchema } from './ids'
import { repositoryAddressSchema } from './repository-address'
import { sourceStateNames, sourceStepNames, type SourceState } from './source-states'

/** What went wrong, where, and what helps. */
export const sourceErrorSchema = z.object({
  step: z.enum(sourceStepNames),
  message: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  found: z.string().optional(),
  expected: z.string().optional(),
  remedy: z.string().optional(),
  /** Of the first look that met it. */
  since: z.string(),
})
export type SourceError = z.infer<typeof sourceErrorSchema>
export const sourceStateSchema = z.enum(sourceStateNames)

export interface SourceView {
  readonly kind: 'inline' | 'git' | 'kustomize' | 'helm'
  readonly repository: string | null
  readonly ref: string | null
  readonly path: string | null
  readonly chart: string | null
  /** With its digest, where the document pins one. */
  readonly version: string | null
  readonly on: 'manual' | 'automatic'
  readonly every: string
  readonly state: SourceState
  /** What it named at the last look that reached it. */
  readonly revision: string | null
  readonly revisionUrl: string | null
  /** The release that was made of it last, and of what. */
  readonly release: ReleaseRef | null
  readonly origin: ReleaseOrigin | null
  readonly error: SourceError | null
  readonly lookedAt: string | null
  readonly nextLookAt: string | null
  /** Somebody asked for a look that has not been made yet. */
  readonly asked: boolean
  readonly look: { readonly passed: boolean; readonly reason: string | null }
  /** Whether there is a secret with which a repository's server says that something changed, and whether one may be made. */
  readonly hook: { readonly exists: boolean; readonly passed: boolean; readonly reason: string | null }
}

/** A login for a repository or a metrics server; never its password. */
export interface RepositoryView {
  readonly project: string
  readonly address: string
  /** Empty: a bearer token. */
  readonly username: string
  readonly rotatedAt: string
}

export const sourceRefSchema = applicationRefSchema
export const repositoryRefSchema = z.object({
  project: nameSchema,
  /** Of a repository or a metrics server, or the beginning of several: `https://git.example.org/shop`. */
  address: repositoryAddressSchema,
})
export const setRepositorySchema = repositoryRefSchema
  .extend({
    /** Empty: the password is a bearer token, and goes into a header as it is. */
    username: z.string().max(200).default(''),
    password: z.string().min(1).max(4_000),
  })
  .refine(({ username, password }) => username !== '' || /^[\x21-\x7e]+$/.test(password), {
    path: ['password'],
    error: 'expected a bearer token without spaces, or a user name',
  })
/** As a repository's server sent it: a signature covers the body byte by byte. */
export const hookSchema = z.object({
  application: applicationIdSchema,
  scheme: z.enum(['sha256', 'token']),
  proof: z.string().max(300),
  body: z.string().max(1_600_000),
})
export type Hook = z.infer<typeof hookSchema>

/** A page of the commit, where the host has such pages. */
export function commitUrl(repository: string, commit: string): string | null {
  if (!/^https?:\/\//.test(repository)) return null
  const base = repository.replace(/\/+$/, '').replace(/\.git$/, '')
  return `${base}/${/\bgitlab\b/.test(new URL(base).hostname) ? '-/commit' : 'commit'}/${commit}`
}
