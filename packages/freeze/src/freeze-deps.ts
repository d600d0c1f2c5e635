import type { FreezeDb } from '@fairlead/db/views'

export interface FreezeDeps {
  readonly db: FreezeDb
}
