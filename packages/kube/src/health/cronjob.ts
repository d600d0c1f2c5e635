import type { Verdict } from '@fairlead/contracts/verdict'
import { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { readPart, verdict } from './read-status'

const specSchema = z.object({ suspend: z.boolean().catch(false) })
const time = z.string().nullish().catch(null)
const statusSchema = z.object({
  active: z.array(z.unknown()).catch([]),
  lastScheduleTime: time,
  lastSuccessfulTime: time,
})

export function cronJobVerdict(cronJob: KubeObject): Verdict {
  const { suspend } = readPart(specSchema, cronJob['spec'])
  const { active, lastScheduleTime, lastSuccessfulTime } = readPart(statusSchema, cronJob['status'])
  const generations = {
    generation: cronJob.metadata.generation ?? null,
    observedGeneration: null,
    current: true,
  }
  const judge = (state: Verdict['state'], message: string) => verdict(generations, { state, message })
  if (suspend) return judge('paused', 'Suspended: no run starts')
  if (active.length > 0)
    return judge('converged', active.length === 1 ? 'One run is active' : `${active.length} runs are active`)
  if (lastScheduleTime == null) return judge('unproven', 'It has not run yet')
  // Success is stamped when the run ends, so it is never before the start of the same run.
  const succeeded =
    lastSuccessfulTime != null && Date.parse(lastSuccessfulTime) >= Date.parse(lastScheduleTime)
  return succeeded
    ? judge('converged', 'The last run succeeded')
    : judge('degraded', 'The last run did not succeed')
}
