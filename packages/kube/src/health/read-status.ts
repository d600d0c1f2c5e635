import type { ReplicaCounts, Verdict, VerdictState } from '@fairlead/contracts/verdict'
import type { Evidence } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'

/** What is known beside the object itself. Pods and ReplicaSets of other owners are ignored. */
export interface VerdictContext {
  readonly replicaSets?: readonly KubeObject[] | undefined
  readonly pods?: readonly KubeObject[] | undefined
  /** Of kinds that keep no condition about pods that can't be created. */
  readonly events?: readonly KubeObject[] | undefined
  /** A DaemonSet waits for nodes that are not ready; without them nobody can say which. */
  readonly nodes?: readonly KubeObject[] | undefined
  /** The generation that our own apply returned: an older status is the previous rollout's. */
  readonly minGeneration?: number | null | undefined
  /** Needed to tell a slow readiness probe from a failing one; without it that evidence is left out. */
  readonly now?: Date | undefined
}

/** Controllers omit zero counts and null lists; a count that is not a number is read as 0. */
export const count = z.number().int().nonnegative().catch(0)
export const text = z.string().catch('')
export const conditionsSchema = z
  .array(
    z.object({
      type: text,
      status: text,
      reason: text,
      message: text,
      lastTransitionTime: z.string().nullish().catch(null),
    }),
  )
  .catch([])
export type Condition = z.infer<typeof conditionsSchema>[number]

export const findCondition = (conditions: readonly Condition[], type: string): Condition | undefined =>
  conditions.find((condition) => condition.type === type)

/** Only `status: "True"` counts: a resumed Job keeps `Suspended=False`. */
export const isTrue = (conditions: readonly Condition[], type: string): boolean =>
  findCondition(conditions, type)?.status === 'True'

/** Total: what cannot be read is read as absent. */
export function readPart<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(typeof value === 'object' && value !== null ? value : {})
  return parsed.success ? parsed.data : schema.parse({})
}

export interface Generations {
  readonly generation: number | null
  readonly observedGeneration: number | null
  /** Whether the status describes what was asked for: ≥, as an autoscaler raises the generation too. */
  readonly current: boolean
}

export function generationsOf(
  object: KubeObject,
  observed: number | null,
  minGeneration?: number | null,
): Generations {
  const generation = object.metadata.generation ?? null
  const needed = minGeneration ?? generation ?? 0
  return { generation, observedGeneration: observed, current: (observed ?? 0) >= needed }
}

export const observedSchema = z.number().nullish().catch(null)

interface Judgement {
  readonly state: VerdictState
  readonly message: string
  readonly replicas?: ReplicaCounts | null
  readonly evidence?: readonly Evidence[]
}

export const verdict = (generations: Generations, judged: Judgement): Verdict => ({
  state: judged.state,
  message: judged.message,
  replicas: judged.replicas ?? null,
  evidence: judged.evidence ?? [],
  observedGeneration: generations.observedGeneration,
  generation: generations.generation,
})

export const notObserved = 'The controller has not seen this change yet'

export const isOwnedBy = (object: KubeObject, uid: string | undefined): boolean =>
  uid !== undefined && (object.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid)
