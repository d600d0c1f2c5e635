import { z } from 'zod'
import type { Permission } from './permissions'

/** One question or command of surface.ts. */
export interface Entry {
  readonly kind: 'query' | 'command'
  readonly permission: Permission | 'public'
  readonly input: z.ZodType
  readonly output: unknown
}

const entry =
  <K extends Entry['kind']>(kind: K) =>
  <O>() =>
  <I extends z.ZodType>(permission: Entry['permission'], input: I) => ({
    kind,
    permission,
    input,
    output: undefined as O,
  })
export const query = <O>() => entry('query')<O>()
export const command = <O>() => entry('command')<O>()

export const nothing = z.object({}).default({})
export type Done = { readonly done: true }
