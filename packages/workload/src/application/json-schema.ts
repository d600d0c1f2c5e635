import { applicationDocumentSchema } from '@fairlead/contracts/application'
import { z } from 'zod'

/** For editors: completion and a first check. parseApplication sees more. Defaults may be left out of what people write. */
export const applicationJsonSchema = (): Record<string, unknown> => ({
  $id: 'https://fairlead.dev/schemas/v1/application.json',
  title: 'Application',
  ...z.toJSONSchema(applicationDocumentSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
})
