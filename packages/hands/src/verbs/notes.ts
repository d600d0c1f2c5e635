import { isFairleadError } from '@fairlead/contracts/errors'
import { driftWords } from '@fairlead/contracts/hand-states'
import { labelKeys } from '@fairlead/contracts/labels'
import { listObjects } from '@fairlead/kube/objects'
import { z } from 'zod'
import type { HandTarget } from './hand-target'

/** What the change means for the application that declared the object; nothing for one that none did. */
export function driftNotes(
  { object }: Pick<HandTarget, 'object'>,
  hand: Parameters<typeof driftWords>[0],
): readonly string[] {
  const application = object.metadata.labels?.[labelKeys.application]
  return application === undefined || application === '' ? [] : [driftWords(hand, application)]
}

const autoscalerSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: z.number().nullish(),
    maxReplicas: z.number(),
  }),
})

/** An autoscaler decides the number again within seconds. */
export async function autoscalerNotes({ client, ref }: HandTarget): Promise<readonly string[]> {
  const type = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }
  const found = await listObjects(client, type, { namespace: ref.namespace ?? undefined }).catch(
    (error: unknown) => {
      // Only a note depends on it: a credential that may not list autoscalers still scales.
      if (isFairleadError(error)) return []
      throw error
    },
  )
  return found.flatMap((object) => {
    const parsed = autoscalerSchema.safeParse(object)
    if (!parsed.success) return []
    const { scaleTargetRef: target, minReplicas, maxReplicas } = parsed.data.spec
    if (target.kind !== ref.kind || target.name !== ref.name) return []
    return [
      `The autoscaler ${parsed.data.metadata.name} (${minReplicas ?? 1} to ${maxReplicas} replicas) decides the number and may change it again.`,
    ]
  })
}
