import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { freezeJsonSchema } from '../document/json-schema'
import type { FreezeDeps } from '../freeze-deps'

export const getSchema = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('freeze.schema', {
    scope: { kind: 'any' },
    run: () => Promise.resolve({ schema: freezeJsonSchema() }),
  })
