import { z } from 'zod'
import { nameSchema } from './ids'
import type { GateOrder } from './stage-gates'

/**
 * What runs beside the objects of a stage: a workflow of the project, with parameters as they are given to a run by hand,
 * or a DAG of an Airflow that is connected to the project.
 */
export const stageGateSchema = z
  .strictObject({
    workflow: nameSchema.optional(),
    parameters: z.record(z.string().min(1).max(63), z.unknown()).optional(),
    airflow: z
      .strictObject({
        connection: nameSchema,
        dag: z.string().min(1).max(250),
        conf: z.record(z.string().min(1).max(250), z.json()).default({}),
      })
      .optional(),
  })
  .transform(({ workflow, parameters, airflow }, context): GateOrder => {
    if (workflow !== undefined && airflow === undefined) return { workflow, parameters: parameters ?? {} }
    if (airflow !== undefined && workflow === undefined && parameters === undefined) return { airflow }
    context.addIssue({
      code: 'custom',
      message: 'expected exactly one of "workflow", with its parameters, and "airflow"',
    })
    return z.NEVER
  })
