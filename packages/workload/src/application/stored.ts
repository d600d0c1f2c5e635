import {
  applicationDocumentSchema,
  stageSchema,
  type ApplicationDocument,
  type StageSpec,
} from '@fairlead/contracts/application'
import type { StagePlan } from '@fairlead/contracts/rollout'
import type { Prisma } from '@fairlead/db/views'
import { kubeObjectSchema, type KubeManifest } from '@fairlead/kube/kube-object'
import { z } from 'zod'

/** JSON columns are doors: what comes out of them is parsed, what goes in is plain JSON. */
export const documentOf = (column: unknown): ApplicationDocument => applicationDocumentSchema.parse(column)
export const stagesOf = (column: unknown): readonly StageSpec[] => z.array(stageSchema).parse(column)
export const manifestsOf = (column: unknown): readonly KubeManifest[] =>
  z.array(kubeObjectSchema).parse(column)
export const textsOf = (column: unknown): readonly string[] => z.array(z.string()).catch([]).parse(column)

const planSchema = z.looseObject({
  stage: z.string(),
  digest: z.string(),
  targets: z.array(z.looseObject({})),
})
/** Written by us alone, with its digest beside it: its outline is enough of a check. */
export const planOf = (column: unknown): StagePlan | null =>
  planSchema.safeParse(column).success ? (column as StagePlan) : null

/** Postgres keeps neither NUL nor half a surrogate pair in JSON; JSON.stringify writes both as escapes. */
export const isStorable = (value: unknown): boolean =>
  !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value) ?? '')

export const toJson = (value: unknown): Prisma.InputJsonValue =>
  JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue
