import { identityOfKey, wordsOf } from '../manifest/object-key'
import type { ActResult } from './act'
import type { IntendedUpkeep } from './applied'
import type { TimelineEntry } from './decision'
import { upkeepOf } from './do-upkeep'
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
    const message = wordsOfAction(observation, action, target.namespace)
    return [
      ...(message === null ? [] : [{ ...base, kind: action.kind, message, audit: true }]),
      ...warnings.map((warning) => ({ ...base, kind: 'warning', message: warning })),
    ]
  })
}

/** Null where nothing was done. */
function wordsOfAction(
  { rollout }: Observation,
  action: ActResult['action'],
  namespace: string,
): string | null {
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
    default: {
      const done = upkeepOf(action, namespace)
      return done.length === 0 ? null : upkeepWords(action.kind, done)
    }
  }
}

export function upkeepWords(kind: IntendedUpkeep['kind'], done: readonly IntendedUpkeep[]): string {
  const identities = done.map(({ key }) => identityOfKey(key))
  switch (kind) {
    case 'prune':
      return `Deleted what the release no longer holds: ${identities.map(wordsOf).join(', ')}.`
    case 'hold':
      return 'Paused the Deployments in progress.'
    case 'release':
      return 'Lifted the pause of the Deployments.'
    case 'unstick':
      return `Deleted ${identities.map(({ name }) => `pod ${name}`).join(', ')}: it held its StatefulSet up with an old revision.`
  }
}
