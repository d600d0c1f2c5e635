import { freezeWindowDocumentSchema } from '@fairlead/contracts/freeze-document'
import { z } from 'zod'

/** For editors: completion and a first check. parseFreeze sees more. Defaults may be left out of what people write. */
export const freezeJsonSchema = (): Record<string, unknown> => ({
  $id: 'https://fairlead.dev/schemas/v1/freeze-window.json',
  title: 'FreezeWindow',
  ...z.toJSONSchema(freezeWindowDocumentSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
})
