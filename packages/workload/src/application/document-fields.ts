import { z } from 'zod'

/** The fields that a schema knows at a path, for errors that say what could stand there. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const part of path) {
    const inner = peel(at)
    if (inner instanceof z.ZodArray) at = inner.element
    else if (inner instanceof z.ZodObject) at = (inner.shape as Record<string, unknown>)[String(part)]
    else if (inner instanceof z.ZodRecord) at = inner.valueType
    else return []
  }
  const inner = peel(at)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape as object) : []
}

function peel(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return peel(schema.unwrap())
  return schema
}
