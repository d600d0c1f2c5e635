import { wordsOf, type ObjectIdentity } from '../manifest/object-key'
import type { ActResult } from './act'
import type { TimelineEntry } from './decision'
import type { Observation } from './observation'

/** What was done in clusters, for the timeline and the audit log. */
export function applyEntries(observation: Observation, results: readonly ActResult[]): TimelineEntry[] {
  return results.flatMap(({ action, target, refused, retry, warnings }): TimelineEntry[] => {
    const stage =
      observation.stages.find(({ targets }) => targets.some(({ id }) => id === target.id))?.spec.name ?? null
    const base = { stage, cluster: target.cluster }
    // Each retry would be an entry; the target's message says it.
    if (retry !== null) return []
    if (refused !== null) return [{ ...base, kind: 'refused', message: refused, audit: true }]
    const message = wordsOfAction(observation, action)
    const nothingDone = action.kind === 'prune' && action.objects.length === 0
    return [
      ...(nothingDone ? [] : [{ ...base, kind: action.kind, message, audit: true }]),
      ...warnings.map((warning) => ({ ...base, kind: 'warning', message: warning })),
    ]
  })
}

export const prunedWords = (objects: readonly ObjectIdentity[]): string =>
  `Deleted what the release no longer holds: ${objects.map(wordsOf).join(', ')}.`

function wordsOfAction({ rollout }: Observation, action: ActResult['action']): string {
  switch (action.kind) {
    case 'apply':
      return action.releaseId === rollout.releaseId
        ? `Applied release ${rollout.releaseNumber}.`
        : 'Applied the last verified release.'
    case 'trial':
      return `Release ${rollout.releaseNumber} beside what runs, ${action.weight}% of the traffic: ${Object.entries(
        action.pods,
      )
        .map(([name, pods]) => `${pods} of ${name}`)
        .join(', ')}.`
    case 'prune':
      return prunedWords(action.objects)
    case 'hold':
      return 'Paused the Deployments in progress.'
    case 'release':
      return 'Lifted the pause of the Deployments.'
    case 'unstick':
      return `Deleted ${action.pods.map(({ name }) => `pod ${name}`).join(', ')}: it held its StatefulSet up with an old revision.`
  }
}
