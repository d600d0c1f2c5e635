import { z } from 'zod'
import { clusterRefSchema } from './cluster'
import { nameSchema } from './ids'

const sideSchema = clusterRefSchema.extend({ namespace: nameSchema.optional() })

export const compareSchema = z
  .object({
    left: sideSchema,
    right: sideSchema,
    /** Only what this application applied. */
    application: nameSchema.optional(),
  })
  .refine(({ left, right }) => (left.namespace === undefined) === (right.namespace === undefined), {
    path: ['right', 'namespace'],
    message: 'expected a namespace on both sides, or on neither',
  })
  .refine(({ left, application }) => application === undefined || left.namespace !== undefined, {
    path: ['application'],
    message: 'expected a namespace on both sides with it',
  })
