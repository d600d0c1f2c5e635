import { labelKeys } from '@fairlead/contracts/labels'
import { Prisma } from '@fairlead/db/sql'

/** The application that declared a row of inventory_objects, by its alias; NULL for one that none did. */
export const applicationOf = (alias: 'o' | 'p' | 'w'): Prisma.Sql =>
  Prisma.sql`nullif(${Prisma.raw(alias)}.labels->>${labelKeys.application}, '')`
