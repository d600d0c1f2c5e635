import type { Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import {
  conditionsSchema,
  findCondition,
  generationsOf,
  notObserved,
  observedSchema,
  readPart,
  text,
  verdict,
  type VerdictContext,
} from './read-status'

const statusSchema = z.object({
  observedGeneration: observedSchema,
  phase: text,
  conditions: conditionsSchema,
})
const waitingPhases = ['Pending', 'Terminating', 'Provisioning']
const failedPhases = ['Failed', 'Lost', 'Error']

/** Kinds without a file of their own: by the conventions `observedGeneration`, `phase` and Ready/Stalled conditions. */
export function genericVerdict(object: KubeObject, context: VerdictContext): Verdict {
  const status = readPart(statusSchema, object['status'])
  const observed = status.observedGeneration ?? null
  // Most kinds report no generation: then there is nothing to wait for.
  const generations = { ...generationsOf(object, observed, context.minGeneration) }
  const judge = (state: Verdict['state'], message: string) => verdict(generations, { state, message })
  const ready = findCondition(status.conditions, 'Ready') ?? findCondition(status.conditions, 'Available')
  const stalled = findCondition(status.conditions, 'Stalled')
  if (object.metadata.deletionTimestamp !== undefined) return judge('progressing', 'It is being deleted')
  if (observed !== null && !generations.current) return judge('progressing', notObserved)
  if (stalled?.status === 'True') return judge('degraded', stalled.message || stalled.reason || 'Stalled')
  if (failedPhases.includes(status.phase)) return judge('degraded', `Its phase is ${status.phase}`)
  if (waitingPhases.includes(status.phase)) return judge('progressing', `Its phase is ${status.phase}`)
  if (ready !== undefined && ready.status !== 'True')
    return judge(
      object.kind === 'Node' ? 'degraded' : 'progressing',
      ready.message || ready.reason || 'Not ready',
    )
  return judge('converged', status.phase === '' ? 'It exists' : `Its phase is ${status.phase}`)
}
