import type { StageSpec } from '@fairlead/contracts/application'

/** Its waves leave out clusters that don't answer, or count them as failed: they keep no plan of the others. */
export const toleratesSilence = ({ waves }: StageSpec): boolean =>
  waves !== undefined && waves.unreachable.policy !== 'wait'
