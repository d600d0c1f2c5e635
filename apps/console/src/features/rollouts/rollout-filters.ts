import { rolloutStates, type RolloutState } from '@fairlead/contracts/rollout-states'
import type { RolloutSummary } from '@fairlead/contracts/rollout'

export const standings = {
  motion: { label: 'In motion' },
  waiting: { label: 'Waiting for approval' },
  failed: { label: 'Failed or rolled back' },
  done: { label: 'Converged' },
} as const
export type Standing = keyof typeof standings

export type RolloutFilter = { text: string; standing: string | null; kind: string | null }

export function standingOf(state: RolloutState): Standing | 'other' {
  const { terminal, tone } = rolloutStates[state]
  if (!terminal) return tone === 'waiting' ? 'waiting' : 'motion'
  if (tone === 'failing') return 'failed'
  return tone === 'ok' ? 'done' : 'other'
}

/** In motion first, then waiting, then what has ended; the newest first in each. */
export function filterRollouts(rollouts: readonly RolloutSummary[], filter: RolloutFilter): RolloutSummary[] {
  const text = filter.text.trim().toLowerCase()
  return rollouts
    .filter(
      (rollout) =>
        (filter.standing === null || standingOf(rollout.state) === filter.standing) &&
        (filter.kind === null || rollout.kind === filter.kind) &&
        (text === '' || searched(rollout).includes(text)),
    )
    .sort((one, other) => rank(one) - rank(other) || other.createdAt.localeCompare(one.createdAt))
}

const searched = (rollout: RolloutSummary): string =>
  [
    `#${rollout.number}`,
    rollout.application,
    rollout.project,
    rollout.requester,
    rollout.reason,
    ...rollout.release.images,
  ]
    .join(' ')
    .toLowerCase()

const rank = ({ state }: RolloutSummary): number => {
  const standing = standingOf(state)
  return standing === 'motion' ? 0 : standing === 'waiting' ? 1 : 2
}
