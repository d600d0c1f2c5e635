import type { Tone } from './freshness'
import type { StageView, TargetView } from './rollout'
import { isTerminal } from './rollout-states'
import type { WaveLane } from './waves'

/** What is said of a wave: where it is, or what became of it. Colour and word for the screen and the command line. */
export const laneStandings = {
  waiting: { word: 'Waits', tone: 'neutral' },
  running: { word: 'Rolling out', tone: 'progress' },
  baking: { word: 'Baking', tone: 'waiting' },
  through: { word: 'Through', tone: 'ok' },
  /** It is through, and the next one may come, but not everywhere. */
  within_budget: { word: 'Failed within the budget', tone: 'failing' },
  failed: { word: 'Failed', tone: 'failing' },
  halted: { word: 'Halted', tone: 'failing' },
  rolling_back: { word: 'Rolling back', tone: 'failing' },
  rolled_back: { word: 'Rolled back', tone: 'failing' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  not_begun: { word: 'Not begun', tone: 'neutral' },
} as const satisfies Record<string, { word: string; tone: Tone }>

export interface LaneStanding {
  readonly kind: keyof typeof laneStandings
  /** Those that failed, went back alone too; `cluster/namespace` where a cluster has several. */
  readonly failed: readonly string[]
}

type Target = Pick<TargetView, 'cluster' | 'namespace' | 'state' | 'wave'>
type Stage = Pick<StageView, 'state' | 'waves'> & { readonly targets: readonly Target[] }

export function laneStanding(stage: Stage, lane: Pick<WaveLane, 'number' | 'state'>): LaneStanding {
  const targets = stage.targets.filter(({ wave }) => wave === lane.number)
  const bad = targets.filter(goesBack(stage) ? hasFailed : ({ state }) => isSpent(state))
  return { kind: kindOf(stage, lane, targets), failed: bad.map((target) => nameIn(targets, target)) }
}

/** Waves that later ones no longer wait for. */
export const isThrough = ({ kind }: LaneStanding): boolean => kind === 'through' || kind === 'within_budget'

/** All that got the release go back together, whether or not they failed. */
const goesBack = ({ state }: Stage): boolean => state === 'rolling_back' || state === 'rolled_back'
const hasFailed = ({ state }: Target): boolean => state === 'failed'
const isSpent = (state: Target['state']): boolean =>
  state === 'failed' || state === 'rolling_back' || state === 'rolled_back'

function kindOf(
  stage: Stage,
  lane: Pick<WaveLane, 'state'>,
  targets: readonly Target[],
): LaneStanding['kind'] {
  const some = (...states: readonly Target['state'][]) => targets.some(({ state }) => states.includes(state))
  if (goesBack(stage)) {
    if (some('rolling_back')) return 'rolling_back'
    if (some('failed')) return 'failed'
    return some('rolled_back') ? 'rolled_back' : 'not_begun'
  }
  const untouched = targets.every(({ state }) => state === 'pending' || state === 'cancelled')
  if (lane.state !== 'done') {
    if (some('applied', 'baking')) return lane.state
    if (some('rolling_back')) return 'rolling_back'
    if (stage.state === 'halted') return untouched ? 'not_begun' : 'halted'
    if (isTerminal.stage(stage.state)) return untouched ? 'not_begun' : 'cancelled'
    return lane.state
  }
  if (untouched) return 'cancelled'
  if (!targets.some(({ state }) => isSpent(state))) return some('cancelled') ? 'cancelled' : 'through'
  const { allowed, spent } = stage.waves?.budget ?? { allowed: 0, spent: 0 }
  if (stage.state === 'halted' && spent > allowed) return 'halted'
  return stage.state === 'failed' || spent > allowed ? 'failed' : 'within_budget'
}

const nameIn = (targets: readonly Target[], { cluster, namespace }: Target): string =>
  targets.filter((other) => other.cluster.id === cluster.id).length > 1
    ? `${cluster.name}/${namespace}`
    : cluster.name
