import { runStates } from '@fairlead/contracts/workflow-states'
import { draftOf, planOf } from './draft'
import type { Observation } from './observation'
import { planAttempt } from './plan-attempts'
import { chooseCandidates } from './plan-candidates'
import { end, start, watchClock } from './plan-run'
import { decideTasks } from './plan-tasks'
import type { Plan } from './plan-types'
import { wake } from './plan-waits'

/** Total and pure: what follows from what was seen, at `now`. Nothing is decided of a run that is over. */
export function planRun(seen: Observation, now: Date): Plan {
  const draft = draftOf(seen, now)
  for (const attempt of seen.attempts) planAttempt(draft, attempt)
  const { state } = seen.run
  if (runStates[state].terminal)
    return planOf(draft, draft.attempts.length > 0 ? 'later' : 'settled', 'It is over.')
  if (state === 'queued') start(draft)
  watchClock(draft)
  if (draft.run.state === 'cancelling') {
    draft.run = { ...draft.run, cancelAll: true, reason: draft.run.cancelReason ?? 'It is being cancelled.' }
    end(draft)
    return planOf(draft, 'later', 'It is being cancelled.')
  }
  wake(draft)
  decideTasks(draft)
  chooseCandidates(draft)
  end(draft)
  return planOf(draft, draft.run.finishedAt === null ? 'later' : 'settled', 'It waits for what runs.')
}
